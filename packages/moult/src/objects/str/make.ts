/** Making strings from strings, and reading arguments that must be strings. */
import {
  allocMetered,
  freeMetered,
  freeObject,
  hostAdd,
  hostFree,
  limitBytes,
  newRef,
  ObjectWord,
  usedBytes,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { StrState, StrWord } from '../../core/layout/text.ts';
import { typeError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { StaticArea, T } from '../../core/static.ts';
import {
  deallocStr,
  newStr,
  newStrKnown,
  newUnsharedStr,
  strBytes,
  strKind,
  strLength,
  strText,
  strWords,
} from '../../core/str.ts';
import { argumentName, isStr, kindName } from '../../core/types.ts';
import { allocInstance } from '../type/alloc.ts';

/** The longest text that the JavaScript engine can hold, in UTF-16 units. */
const MAX_UNITS = 0x1fffffe8;

/** Raises MemoryError for a result of more characters or bytes than the engine can hold or the budget allows, before it
 *  is made. */
export function refuseLong(rt: Runtime, units: number): void {
  if (units > MAX_UNITS || (units > 65536 && usedBytes(rt) + units > limitBytes(rt))) rt.onOutOfMemory(units);
}

/** A `str` whose characters all come from strings of kind `kind`: plain ASCII needs no look at the text. */
export function newPart(rt: Runtime, text: string, kind: number): Owned {
  if (kind === StrState.Ascii && text.length > 1) return newStrKnown(rt, text, StrState.Ascii, text.length);
  return newStr(rt, text);
}

/** As `newPart`, not shared with others of that text. */
export function newUnsharedPart(rt: Runtime, text: string, kind: number): Owned {
  if (kind === StrState.Ascii && text.length > 0) return newStrKnown(rt, text, StrState.Ascii, text.length);
  return newUnsharedStr(rt, text);
}

/** `self` if it is exactly a `str`, else a copy (unicode_result_unchanged). */
export function unchanged(rt: Runtime, self: Ref): Owned {
  if (rt.words[self + ObjectWord.Type] === T.str) return newRef(rt, self);
  return newStrCopy(rt, self);
}

/** An exact `str` with the text of one of a subclass. */
export function newStrCopy(rt: Runtime, self: Ref): Owned {
  if (strLength(rt, self) === 0) return newStr(rt, '');
  return newStrKnown(rt, strText(rt, self), strKind(rt, self), strLength(rt, self));
}

/** `text` as result of a method of `self` that gives `self` back when it changed nothing. */
export function changedOr(rt: Runtime, self: Ref, text: string): Owned {
  return text.length === strText(rt, self).length && text === strText(rt, self)
    ? unchanged(rt, self)
    : newPart(rt, text, strKind(rt, self));
}

/** A `str` never shared with others of its text, as CPython's case methods make. */
export function newFreshStr(rt: Runtime, text: string, kind: number): Owned {
  const isAscii = kind === StrState.Ascii && text !== '';
  return isAscii ? newStrKnown(rt, text, kind, text.length) : newUnsharedStr(rt, text);
}

/** Raises TypeError unless `o` is a str: `must be str, not int`. */
export function requireStr(rt: Runtime, o: Ref): string {
  if (!isStr(rt, o)) typeError(rt, `must be str, not ${kindName(rt, o)}`);
  return strText(rt, o);
}

/** As argument parsing has it: `replace() argument 1 must be str, not int`. */
export function strArgument(rt: Runtime, o: Ref, where: string): string {
  if (!isStr(rt, o))
    typeError(rt, `${where} must be str, not ${o === 0 || o === undefined ? 'None' : argumentName(rt, o)}`);
  return strText(rt, o);
}

const enum SubclassWord {
  /** Block of the characters, which exact strings have inside. */
  Block = 6,
}

/** Bytes of the characters and the final zero. */
function dataBytes(kind: number, length: number): number {
  const width = kind === StrState.Ucs4 ? 4 : kind === StrState.Ucs2 ? 2 : 1;
  return (length + 1) * width;
}

/** An instance of a subclass of `str` with the text of `value`. */
export function newSubclassStr(rt: Runtime, type: Ref, value: Ref): Owned {
  const self = allocInstance(rt, type, 0);
  const kind = strKind(rt, value);
  const length = strLength(rt, value);
  const nbytes = dataBytes(kind, length);
  const block = allocMetered(rt, strWords(nbytes), nbytes);
  const H = rt.words;
  H[self + StrWord.Length] = length;
  H[self + StrWord.HashLow] = H[value + StrWord.HashLow];
  H[self + StrWord.HashHigh] = H[value + StrWord.HashHigh];
  H[self + StrWord.State] = (hostAdd(rt, strText(rt, value)) << StrState.HostShift) | kind;
  H[self + SubclassWord.Block] = block;
  return self;
}

/** Destructor of strings of any class. */
export function deallocAnyStr(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + ObjectWord.Type] === T.str) {
    deallocStr(rt, self);
    return;
  }
  const state = H[self + StrWord.State];
  const block = H[self + SubclassWord.Block];
  if (block !== 0) {
    const nbytes = dataBytes(state & StrState.KindMask, H[self + StrWord.Length]);
    freeMetered(rt, block, strWords(nbytes), nbytes);
    hostFree(rt, state >>> StrState.HostShift);
  }
  freeObject(rt, self);
}

/** Bytes of the UTF-8 form, with its zero, that the static one-character strings beyond ASCII carry. */
const UTF8_OF_CHAR = 3;

function isLatinChar(self: Ref): boolean {
  return self >= (StaticArea.Chars as number) && self < (StaticArea.ByteObjects as number);
}

const utf8Encoder = new TextEncoder();

/** `__sizeof__`: CPython's bytes. */
export function strSize(rt: Runtime, self: Ref): number {
  const kind = strKind(rt, self);
  const length = strLength(rt, self);
  if (isLatinChar(self) && kind !== StrState.Ascii) return strBytes(kind, length) + UTF8_OF_CHAR;
  const plain = rt.words[self + ObjectWord.Type] === T.str ? strBytes(kind, length) : 64 + dataBytes(kind, length);
  const hasUtf8 = (rt.words[self + StrWord.State] & StrState.Utf8) !== 0;
  return hasUtf8 ? plain + utf8Encoder.encode(strText(rt, self)).length + 1 : plain;
}
