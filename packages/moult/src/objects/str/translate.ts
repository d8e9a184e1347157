/** `str.translate` and `str.maketrans`. */
import { decref, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictKeyAt, dictNext, dictSet, dictValueAt, newDict } from '../../core/dict/index.ts';
import { catchOnly, mark, typeError, valueError } from '../../core/errors.ts';
import { intValue, newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { getItem } from '../../core/protocol/item.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isInt, isStr } from '../../core/types.ts';
import { strArgument, unchanged } from './make.ts';

/** `self.translate(table)` @runsPython */
function translate(rt: Runtime, self: Ref, table: Ref): Owned {
  if (strLength(rt, self) === 0) return unchanged(rt, self);
  const known = new Map<number, string>();
  let result = '';
  for (const char of strText(rt, self)) {
    const code = char.codePointAt(0) as number;
    let mapped = known.get(code);
    if (mapped === undefined) {
      mapped = translated(rt, table, code, char);
      if (code < 128) known.set(code, mapped);
    }
    result += mapped;
  }
  return newStr(rt, result);
}

/** What the table says about a character. */
function translated(rt: Runtime, table: Ref, code: number, char: string): string {
  const key = temp(rt, newInt(rt, code));
  const m = mark(rt);
  let value: Ref;
  try {
    value = temp(rt, getItem(rt, table, key));
  } catch (error) {
    catchOnly(rt, error, m, T.LookupError);
    releaseTemps(rt, m.temps - 1);
    return char;
  }
  const text = mappedText(rt, value);
  releaseTemps(rt, m.temps - 1);
  return text;
}

function mappedText(rt: Runtime, value: Ref): string {
  if (value === S.None) return '';
  if (isStr(rt, value)) return strText(rt, value);
  if (!isInt(rt, value)) typeError(rt, 'character mapping must return integer, None or str');
  const code = intValue(rt, value);
  if (code < 0 || code > 0x10ffff) valueError(rt, 'character mapping must be in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

function maketrans(rt: Runtime, _self: Ref, x: Ref, y: Ref, z: Ref): Owned {
  const table = temp(rt, newDict(rt));
  if (y !== 0) fromStrings(rt, table, x, y, z);
  else fromDict(rt, table, x);
  return untemp(rt, table);
}

function fromStrings(rt: Runtime, table: Ref, x: Ref, y: Ref, z: Ref): void {
  const to = [...strArgument(rt, y, 'maketrans() argument 2')];
  const gone = z === 0 ? '' : strArgument(rt, z, 'maketrans() argument 3');
  if (!isStr(rt, x)) typeError(rt, 'first maketrans argument must be a string if there is a second argument');
  if (strLength(rt, x) !== strLength(rt, y)) {
    valueError(rt, 'the first two maketrans arguments must have equal length');
  }
  let i = 0;
  for (const char of strText(rt, x)) put(rt, table, char, newInt(rt, (to[i++] as string).codePointAt(0) as number));
  for (const char of gone) put(rt, table, char, S.None as Ref as Owned);
}

function put(rt: Runtime, table: Ref, char: string, value: Owned): void {
  const m = tempMark(rt);
  temp(rt, value);
  const key = temp(rt, newInt(rt, char.codePointAt(0) as number));
  dictSet(rt, table, key, value);
  releaseTemps(rt, m);
}

function fromDict(rt: Runtime, table: Ref, x: Ref): void {
  if (rt.words[x + ObjectWord.Type] !== T.dict)
    typeError(rt, 'if you give only one argument to maketrans it must be a dict');
  for (let i = dictNext(rt, x, 0); i >= 0; i = dictNext(rt, x, i + 1)) {
    const key = dictKeyAt(rt, x, i);
    const value = dictValueAt(rt, x, i);
    if (isStr(rt, key)) {
      if (strLength(rt, key) !== 1) valueError(rt, 'string keys in translate table must be of length 1');
      const code = newInt(rt, strText(rt, key).codePointAt(0) as number);
      dictSet(rt, table, code, value);
      decref(rt, code);
    } else if (isInt(rt, key)) dictSet(rt, table, key, value);
    else typeError(rt, 'keys in translate table must be strings or integers');
  }
}

/** The methods of this file. */
export const TRANSLATE_METHODS = [
  native('translate($self, table, /)', translate, { doc: 'A copy with characters replaced as the table says.' }),
  native('maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)', maketrans, {
    binding: 'static',
    doc: 'A table for translate().',
  }),
];
