/**
 * Where the runtime's immortal objects lie: type records and the other statically allocated objects, at fixed indices
 * from the start of the static area, so that code compares with constants.
 *
 * ```
 *   131072                               180224             180288        …
 *   │ 384 type records of 128 words        │ None, True, ()…  │ small ints  │ one-character strings │ one-byte bytes │ names │
 * ```
 */
import type { Ref } from '@moult/heap';

/** The runtime's piece of the static area, reserved first: `Start` must be what `reserveStatic` gives for its alignment. */
export const enum StaticArea {
  Start = 131072,
  TypeWords = 128,
  MaxTypes = 384,
  Singletons = 180224,
  SmallInts = 180288,
  Chars = 181344,
  ByteObjects = 182880,
  /** `Id`: the runtime's own names. */
  Names = 184416,
  End = 188760,
}

/** The built-in types: each member is the `Ref` of the type's record. */
export const enum T {
  object = 131072,
  type = 131200,
  int = 131328,
  bool = 131456,
  float = 131584,
  complex = 131712,
  str = 131840,
  bytes = 131968,
  bytearray = 132096,
  memoryview = 132224,
  list = 132352,
  tuple = 132480,
  dict = 132608,
  set = 132736,
  frozenset = 132864,
  range = 132992,
  slice = 133120,
  NoneType = 133248,
  NotImplementedType = 133376,
  ellipsis = 133504,
  function = 133632,
  builtinFunction = 133760,
  method = 133888,
  code = 134016,
  frame = 134144,
  traceback = 134272,
  cell = 134400,
  generator = 134528,
  coroutine = 134656,
  asyncGenerator = 134784,
  coroutineWrapper = 134912,
  asyncGenASend = 135040,
  asyncGenAThrow = 135168,
  asyncGenWrappedValue = 135296,
  module = 135424,
  property = 135552,
  classmethod = 135680,
  staticmethod = 135808,
  super = 135936,
  methodDescriptor = 136064,
  classmethodDescriptor = 136192,
  wrapperDescriptor = 136320,
  methodWrapper = 136448,
  getsetDescriptor = 136576,
  memberDescriptor = 136704,
  mappingproxy = 136832,
  weakref = 136960,
  weakProxy = 137088,
  weakCallableProxy = 137216,
  listIterator = 137344,
  listReverseIterator = 137472,
  tupleIterator = 137600,
  strIterator = 137728,
  strAsciiIterator = 137856,
  bytesIterator = 137984,
  bytearrayIterator = 138112,
  rangeIterator = 138240,
  longRangeIterator = 138368,
  setIterator = 138496,
  dictKeys = 138624,
  dictValues = 138752,
  dictItems = 138880,
  dictKeyIterator = 139008,
  dictValueIterator = 139136,
  dictItemIterator = 139264,
  dictReverseKeyIterator = 139392,
  dictReverseValueIterator = 139520,
  dictReverseItemIterator = 139648,
  seqIterator = 139776,
  callableIterator = 139904,
  enumerate = 140032,
  reversed = 140160,
  zip = 140288,
  map = 140416,
  filter = 140544,
  genericAlias = 140672,
  unionType = 140800,
  simpleNamespace = 140928,
  instancemethod = 141056,
  anextAwaitable = 141184,
  BaseException = 141312,
  BaseExceptionGroup = 141440,
  ExceptionGroup = 141568,
  Exception = 141696,
  GeneratorExit = 141824,
  KeyboardInterrupt = 141952,
  SystemExit = 142080,
  ArithmeticError = 142208,
  FloatingPointError = 142336,
  OverflowError = 142464,
  ZeroDivisionError = 142592,
  AssertionError = 142720,
  AttributeError = 142848,
  BufferError = 142976,
  EOFError = 143104,
  ImportError = 143232,
  ModuleNotFoundError = 143360,
  LookupError = 143488,
  IndexError = 143616,
  KeyError = 143744,
  MemoryError = 143872,
  NameError = 144000,
  UnboundLocalError = 144128,
  OSError = 144256,
  BlockingIOError = 144384,
  ChildProcessError = 144512,
  ConnectionError = 144640,
  BrokenPipeError = 144768,
  ConnectionAbortedError = 144896,
  ConnectionRefusedError = 145024,
  ConnectionResetError = 145152,
  FileExistsError = 145280,
  FileNotFoundError = 145408,
  InterruptedError = 145536,
  IsADirectoryError = 145664,
  NotADirectoryError = 145792,
  PermissionError = 145920,
  ProcessLookupError = 146048,
  TimeoutError = 146176,
  ReferenceError = 146304,
  RuntimeError = 146432,
  NotImplementedError = 146560,
  RecursionError = 146688,
  StopAsyncIteration = 146816,
  StopIteration = 146944,
  SyntaxError = 147072,
  IndentationError = 147200,
  TabError = 147328,
  SystemError = 147456,
  TypeError = 147584,
  ValueError = 147712,
  UnicodeError = 147840,
  UnicodeDecodeError = 147968,
  UnicodeEncodeError = 148096,
  UnicodeTranslateError = 148224,
  Warning = 148352,
  BytesWarning = 148480,
  DeprecationWarning = 148608,
  EncodingWarning = 148736,
  FutureWarning = 148864,
  ImportWarning = 148992,
  PendingDeprecationWarning = 149120,
  ResourceWarning = 149248,
  RuntimeWarning = 149376,
  SyntaxWarning = 149504,
  UnicodeWarning = 149632,
  UserWarning = 149760,
  typeVar = 149888,
  typeVarTuple = 150016,
  paramSpec = 150144,
  paramSpecArgs = 150272,
  paramSpecKwargs = 150400,
  typeAliasType = 150528,
  generic = 150656,
  /** First record free for types of native modules (`moduleType`). */
  firstModuleType = 150784,
}

/** The immortal singletons. The empty tuple has its collector head (two words) in front. */
export const enum S {
  None = 180224,
  NotImplemented = 180226,
  Ellipsis = 180228,
  False = 180232,
  True = 180236,
  EmptyTuple = 180242,
  EmptyStr = 180248,
  EmptyBytes = 180256,
  /** What callbacks of `sys.monitoring` answer to be told no more, and what they get for an argument that is not there. */
  MonitorDisable = 180264,
  MonitorMissing = 180266,
}

/** The `Ref` of a small integer; `value` must be within −5…256. */
export function smallInt(value: number): Ref {
  return (StaticArea.SmallInts + ((value + 5) << 2)) | 0;
}

/** The `Ref` of `True` or `False`. */
export function pyBool(value: boolean): Ref {
  return value ? S.True : S.False;
}

/** Words of a `str` and of a `bytes` object. */
export const enum TextWords {
  Str = 6,
  Bytes = 6,
}

/** The `Ref` of the one-character string of code point `code` (0…255). */
export function charStr(code: number): Ref {
  return (StaticArea.Chars + code * TextWords.Str) | 0;
}

/** The `Ref` of the `bytes` object of one byte. */
export function byteObject(byte: number): Ref {
  return (StaticArea.ByteObjects + byte * TextWords.Bytes) | 0;
}
