/** Layouts of exceptions: `PyBaseExceptionObject` (72 bytes) and its extensions. */
export const enum ExcWord {
  Dict = 2,
  Args = 3,
  Notes = 4,
  Traceback = 5,
  Context = 6,
  Cause = 7,
  SuppressContext = 8,
  Words = 9,
}
/** StopIteration and SystemExit: one more reference. */
export const enum ExcValueWord {
  Value = 9,
  Words = 10,
}
/** AttributeError: object and name. */
export const enum AttributeErrorWord {
  Object = 9,
  Name = 10,
  Words = 11,
}
/** NameError */
export const enum NameErrorWord {
  Name = 9,
  Words = 10,
}
/** ImportError */
export const enum ImportErrorWord {
  Message = 9,
  Name = 10,
  Path = 11,
  NameFrom = 12,
  Words = 13,
}
/** OSError; `Written` is a plain number (BlockingIOError), −1 when unset. */
export const enum OSErrorWord {
  Errno = 9,
  StrError = 10,
  FileName = 11,
  FileName2 = 12,
  Written = 13,
  Words = 14,
}
/** SyntaxError */
export const enum SyntaxErrorWord {
  Message = 9,
  FileName = 10,
  LineNo = 11,
  Offset = 12,
  EndLineNo = 13,
  EndOffset = 14,
  Text = 15,
  PrintFileAndLine = 16,
  Words = 17,
}
/** UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError; `Start` and `End` are plain numbers. */
export const enum UnicodeErrorWord {
  Encoding = 9,
  Object = 10,
  Start = 11,
  End = 12,
  Reason = 13,
  Words = 14,
}
/** BaseExceptionGroup */
export const enum ExceptionGroupWord {
  Message = 9,
  Exceptions = 10,
  Words = 11,
}
