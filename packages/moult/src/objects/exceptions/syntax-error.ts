/** SyntaxError, IndentationError and TabError, and raising what the parser or compiler found. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { raise, raiseTake, typeError } from '../../core/errors.ts';
import { createExceptionFromTuple } from '../../core/exceptions.ts';
import { isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { SyntaxErrorWord } from '../../core/layout/exceptions.ts';
import { member, MemberKind } from '../../core/native.ts';
import { strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, orRelease, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr } from '../../core/types.ts';
import type { PythonSyntaxError, SyntaxErrorType } from '../../syntax/errors.ts';
import { arg, argCount } from './arguments.ts';
import { baseExceptionInit } from './base.ts';
import { EXCEPTION_FLAGS, exceptionParts } from './layout.ts';

/** The words that the second argument fills, in its order. */
const DETAILS: readonly number[] = [
  SyntaxErrorWord.FileName,
  SyntaxErrorWord.LineNo,
  SyntaxErrorWord.Offset,
  SyntaxErrorWord.Text,
  SyntaxErrorWord.EndLineNo,
  SyntaxErrorWord.EndOffset,
];

function syntaxErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  baseExceptionInit(rt, self, args, kwargs);
  const n = argCount(rt, args);
  if (n >= 1) setWord(rt, self + SyntaxErrorWord.Message, newRef(rt, arg(rt, args, 0)));
  if (n === 2) storeDetails(rt, self, arg(rt, args, 1));
}

function storeDetails(rt: Runtime, self: Ref, info: Ref): void {
  const details = temp(rt, call1(rt, T.tuple, info));
  const n = argCount(rt, details);
  for (const word of DETAILS) setWord(rt, self + word, 0);
  if (n < 4) typeError(rt, `function takes at least 4 arguments (${n} given)`);
  if (n > 6) typeError(rt, `function takes at most 6 arguments (${n} given)`);
  DETAILS.forEach((word, i) => {
    if (i < n) setWord(rt, self + word, newRef(rt, arg(rt, details, i)));
  });
  dropTemp(rt, details);
  if (n === 5) typeError(rt, 'end_offset must be provided when end_lineno is provided');
}

function syntaxErrorStr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const file = H[self + SyntaxErrorWord.FileName];
  const line = H[self + SyntaxErrorWord.LineNo];
  const message = strTextOf(rt, H[self + SyntaxErrorWord.Message] || S.None);
  const name = file !== 0 && isStr(rt, file) ? strText(rt, file).replace(/^.*\//s, '') : null;
  const where = line !== 0 && H[line + ObjectWord.Type] === T.int ? `line ${lineText(rt, line)}` : null;
  const parts = [name, where].filter((part) => part !== null);
  return newStr(rt, parts.length === 0 ? message : `${message} (${parts.join(', ')})`);
}

function lineText(rt: Runtime, line: Ref): string {
  return isSafeInt(rt, line) ? String(safeIntValue(rt, line)) : '-1';
}

defineType({
  ref: T.SyntaxError,
  name: 'SyntaxError',
  base: T.Exception,
  basicSize: 136,
  words: SyntaxErrorWord.Words,
  ...exceptionParts([
    SyntaxErrorWord.Message,
    SyntaxErrorWord.FileName,
    SyntaxErrorWord.LineNo,
    SyntaxErrorWord.Offset,
    SyntaxErrorWord.EndLineNo,
    SyntaxErrorWord.EndOffset,
    SyntaxErrorWord.Text,
    SyntaxErrorWord.PrintFileAndLine,
  ]),
  doc: 'The text is no program.',
  slots: { init: syntaxErrorInit, str: syntaxErrorStr },
  members: [
    member('msg', SyntaxErrorWord.Message, MemberKind.Object, false, 'exception msg'),
    member('filename', SyntaxErrorWord.FileName, MemberKind.Object, false, 'exception filename'),
    member('lineno', SyntaxErrorWord.LineNo, MemberKind.Object, false, 'exception lineno'),
    member('offset', SyntaxErrorWord.Offset, MemberKind.Object, false, 'exception offset'),
    member('text', SyntaxErrorWord.Text, MemberKind.Object, false, 'exception text'),
    member('end_lineno', SyntaxErrorWord.EndLineNo, MemberKind.Object, false, 'exception end lineno'),
    member('end_offset', SyntaxErrorWord.EndOffset, MemberKind.Object, false, 'exception end offset'),
    member(
      'print_file_and_line',
      SyntaxErrorWord.PrintFileAndLine,
      MemberKind.Object,
      false,
      'exception print_file_and_line',
    ),
  ],
});

function syntaxError(ref: Ref, name: string, base: Ref, doc: string): void {
  defineType({ ref, name, base, doc, flags: EXCEPTION_FLAGS, slots: { init: syntaxErrorInit } });
}

syntaxError(T.IndentationError, 'IndentationError', T.SyntaxError, 'The indentation is wrong.');
syntaxError(T.TabError, 'TabError', T.IndentationError, 'Tabs and spaces are mixed.');

const TYPES: Readonly<Record<SyntaxErrorType, Ref>> = {
  SyntaxError: T.SyntaxError,
  IndentationError: T.IndentationError,
  TabError: T.TabError,
  UnicodeDecodeError: T.SyntaxError,
  MemoryError: T.MemoryError,
  RecursionError: T.RecursionError,
  OverflowError: T.OverflowError,
  ValueError: T.ValueError,
};

/** Raises the Python exception for an error in source text. @runsPython */
export function raiseSyntaxError(rt: Runtime, error: PythonSyntaxError): never {
  const type = TYPES[error.type];
  const placed = type === T.SyntaxError || type === T.IndentationError || type === T.TabError;
  if (!placed || error.lineno === null) return raise(rt, type, error.msg);
  const m = tempMark(rt);
  const details = tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newStr(rt, error.filename)),
    temp(rt, optionalInt(rt, error.lineno)),
    temp(rt, optionalInt(rt, error.offset)),
    temp(rt, error.text === null ? newRef(rt, S.None) : newStr(rt, error.text)),
    temp(rt, optionalInt(rt, error.endLineno)),
    temp(rt, optionalInt(rt, error.endOffset)),
  );
  const message = orRelease(rt, details, () => newStr(rt, error.msg));
  const args = temp(rt, tupleTake(rt, message, details));
  const exception = createExceptionFromTuple(rt, type, args);
  releaseTemps(rt, m);
  return raiseTake(rt, exception);
}

function optionalInt(rt: Runtime, value: number | null): Owned {
  return value === null ? newRef(rt, S.None) : newInt(rt, value);
}
