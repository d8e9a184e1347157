/** UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { raiseTake, typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { InitSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { UnicodeErrorWord } from '../../core/layout/exceptions.ts';
import { member, MemberKind } from '../../core/native.ts';
import { strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData, newBytes, newStr, strLength, strText } from '../../core/str.ts';
import { orRelease, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isBytes, isStr, kindName } from '../../core/types.ts';
import { TypeWord } from '@moult/heap';
import { allocException, arg, argCount, argumentMustBe } from './arguments.ts';
import { baseExceptionInit, baseExceptionNew } from './base.ts';
import { exceptionParts } from './layout.ts';
import { asIndex } from './os-error.ts';

/** `PyArg_ParseTuple`'s count check. */
function checkCount(rt: Runtime, args: Ref, n: number): void {
  const given = argCount(rt, args);
  if (given !== n) typeError(rt, `function takes exactly ${n} argument${n === 1 ? '' : 's'} (${given} given)`);
}

function strArgument(rt: Runtime, args: Ref, i: number): Owned {
  const value = arg(rt, args, i);
  return isStr(rt, value) ? newRef(rt, value) : argumentMustBe(rt, i, 'str', value);
}

/** Stores start, end and reason from the arguments after the object, at `i`. */
function storeRange(rt: Runtime, self: Ref, args: Ref, i: number): void {
  const start = asIndex(rt, arg(rt, args, i));
  const end = asIndex(rt, arg(rt, args, i + 1));
  const reason = strArgument(rt, args, i + 2);
  rt.words[self + UnicodeErrorWord.Start] = start;
  rt.words[self + UnicodeErrorWord.End] = end;
  setWord(rt, self + UnicodeErrorWord.Reason, reason);
}

function encodeErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  baseExceptionInit(rt, self, args, kwargs);
  checkCount(rt, args, 5);
  setWord(rt, self + UnicodeErrorWord.Encoding, strArgument(rt, args, 0));
  setWord(rt, self + UnicodeErrorWord.Object, strArgument(rt, args, 1));
  storeRange(rt, self, args, 2);
}

function decodeErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  baseExceptionInit(rt, self, args, kwargs);
  checkCount(rt, args, 5);
  setWord(rt, self + UnicodeErrorWord.Encoding, strArgument(rt, args, 0));
  storeRange(rt, self, args, 2);
  setWord(rt, self + UnicodeErrorWord.Object, asBytes(rt, arg(rt, args, 1)));
}

function asBytes(rt: Runtime, value: Ref): Owned {
  if (isBytes(rt, value)) return newRef(rt, value);
  const type = rt.words[value + ObjectWord.Type];
  if (type !== T.bytearray && type !== T.memoryview) {
    typeError(rt, `a bytes-like object is required, not '${kindName(rt, value)}'`);
  }
  return call1(rt, T.bytes, value);
}

function translateErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  baseExceptionInit(rt, self, args, kwargs);
  checkCount(rt, args, 4);
  setWord(rt, self + UnicodeErrorWord.Object, strArgument(rt, args, 0));
  storeRange(rt, self, args, 1);
}

function encodeErrorStr(rt: Runtime, self: Ref): Owned {
  if (rt.words[self + UnicodeErrorWord.Object] === 0) return newStr(rt, '');
  return newStr(
    rt,
    `'${wordText(rt, self + UnicodeErrorWord.Encoding)}' codec can't encode ${charactersText(rt, self)}`,
  );
}

function translateErrorStr(rt: Runtime, self: Ref): Owned {
  if (rt.words[self + UnicodeErrorWord.Object] === 0) return newStr(rt, '');
  return newStr(rt, `can't translate ${charactersText(rt, self)}`);
}

/** `character '\xe9' in position 3: …` or `characters in position 3-5: …`. */
function charactersText(rt: Runtime, self: Ref): string {
  const H = rt.words;
  const object = H[self + UnicodeErrorWord.Object];
  const start = H[self + UnicodeErrorWord.Start];
  const end = H[self + UnicodeErrorWord.End];
  const reason = wordText(rt, self + UnicodeErrorWord.Reason);
  if (start < strLength(rt, object) && end === start + 1) {
    return `character '${escape(codePointAt(strText(rt, object), start))}' in position ${start}: ${reason}`;
  }
  return `characters in position ${start}-${end - 1}: ${reason}`;
}

function codePointAt(text: string, index: number): number {
  let i = 0;
  for (const ch of text) if (i++ === index) return ch.codePointAt(0) ?? 0;
  return 0;
}

function escape(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

function decodeErrorStr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const object = H[self + UnicodeErrorWord.Object];
  if (object === 0) return newStr(rt, '');
  const start = H[self + UnicodeErrorWord.Start];
  const end = H[self + UnicodeErrorWord.End];
  const data = bytesData(rt, object);
  const tail = wordText(rt, self + UnicodeErrorWord.Reason);
  const head = `'${wordText(rt, self + UnicodeErrorWord.Encoding)}' codec can't decode byte`;
  if (start < data.length && end === start + 1) {
    return newStr(rt, `${head} 0x${(data[start] ?? 0).toString(16).padStart(2, '0')} in position ${start}: ${tail}`);
  }
  return newStr(rt, `${head}s in position ${start}-${end - 1}: ${tail}`);
}

function wordText(rt: Runtime, word: number): string {
  const value = rt.words[word];
  return value === 0 ? 'None' : strTextOf(rt, value);
}

const parts = exceptionParts([UnicodeErrorWord.Encoding, UnicodeErrorWord.Object, UnicodeErrorWord.Reason]);
const ENCODING = member('encoding', UnicodeErrorWord.Encoding, MemberKind.Object, false, 'exception encoding');
const OBJECT = member('object', UnicodeErrorWord.Object, MemberKind.Object, false, 'exception object');
const START = member('start', UnicodeErrorWord.Start, MemberKind.Number, false, 'exception start');
const END = member('end', UnicodeErrorWord.End, MemberKind.Number, false, 'exception end');
const REASON = member('reason', UnicodeErrorWord.Reason, MemberKind.Object, false, 'exception reason');

/** What the three types have in common. */
const shared = {
  ...parts,
  base: T.UnicodeError,
  basicSize: 112,
  words: UnicodeErrorWord.Words,
  members: [ENCODING, OBJECT, START, END, REASON],
} as const;

defineType({
  ref: T.UnicodeEncodeError,
  name: 'UnicodeEncodeError',
  ...shared,
  doc: 'Text cannot be encoded.',
  slots: { new: baseExceptionNew, init: encodeErrorInit, str: encodeErrorStr },
});

defineType({
  ref: T.UnicodeDecodeError,
  name: 'UnicodeDecodeError',
  ...shared,
  doc: 'Bytes cannot be decoded.',
  slots: { new: baseExceptionNew, init: decodeErrorInit, str: decodeErrorStr },
});

defineType({
  ref: T.UnicodeTranslateError,
  name: 'UnicodeTranslateError',
  ...shared,
  doc: 'Text cannot be translated.',
  slots: { new: baseExceptionNew, init: translateErrorInit, str: translateErrorStr },
});

/** Raises UnicodeEncodeError; `object` is the str. */
export function raiseEncodeError(
  rt: Runtime,
  encoding: string,
  object: Ref,
  start: number,
  end: number,
  reason: string,
): never {
  return raiseUnicode(rt, T.UnicodeEncodeError, encoding, newRef(rt, object), start, end, reason);
}

/** Raises UnicodeDecodeError; `data` is copied. */
export function raiseDecodeError(
  rt: Runtime,
  encoding: string,
  data: Uint8Array,
  start: number,
  end: number,
  reason: string,
): never {
  return raiseUnicode(rt, T.UnicodeDecodeError, encoding, newBytes(rt, data.slice()), start, end, reason);
}

function raiseUnicode(
  rt: Runtime,
  type: Ref,
  encoding: string,
  object: Owned,
  start: number,
  end: number,
  reason: string,
): never {
  return raiseTake(rt, newUnicodeError(rt, type, encoding, object, start, end, reason));
}

/** A UnicodeEncodeError or UnicodeDecodeError. Takes `object`. */
export function newUnicodeError(
  rt: Runtime,
  type: Ref,
  encoding: string,
  object: Owned,
  start: number,
  end: number,
  reason: string,
): Owned {
  const m = tempMark(rt);
  const name = orRelease(rt, object, () => newStr(rt, encoding));
  const args = temp(
    rt,
    tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, name),
      temp(rt, object),
      temp(rt, newInt(rt, start)),
      temp(rt, newInt(rt, end)),
      temp(rt, newStr(rt, reason)),
    ),
  );
  const exception = allocException(rt, type, args);
  temp(rt, exception);
  (SLOT_FUNCTIONS[rt.words[type + TypeWord.Init]] as InitSlot)(rt, exception, args, 0);
  const owned = untemp(rt, exception);
  releaseTemps(rt, m);
  return owned;
}
