/** Codecs by a mapping of the program's: a dict from characters to bytes, a table of characters for bytes. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { catchOnly, mark, typeError } from '../../core/errors.ts';
import { isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { getItem } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isBytes, isInt, isStr, kindName } from '../../core/types.ts';
import { raiseEncodeError } from '../../objects/exceptions/unicode-errors.ts';
import { decodeFault, decodeHandler, encodeFault, encodeHandler } from '../../text/codec-errors.ts';
import type { DecodeHandler, EncodeHandler } from '../../text/codec-errors.ts';
import { UnicodeFault } from '../../text/fault.ts';
import { guard } from '../../core/faults.ts';
import { encodingOf } from './encoding-map.ts';

const UNDEFINED = 'character maps to <undefined>';

/** `mapping[key]`, None where the mapping has nothing. @runsPython */
function lookUp(rt: Runtime, mapping: Ref, key: number): Owned {
  const m = mark(rt);
  const t = tempMark(rt);
  try {
    return releaseKeeping(rt, t, getItem(rt, mapping, temp(rt, newInt(rt, key))));
  } catch (error) {
    catchOnly(rt, error, m, T.LookupError);
    return newRef(rt, S.None);
  }
}

/** The bytes for a character; undefined where there are none. @runsPython */
function bytesFor(rt: Runtime, mapping: Ref, cp: number): readonly number[] | undefined {
  const m = tempMark(rt);
  const value = temp(rt, lookUp(rt, mapping, cp));
  let result: readonly number[] | undefined;
  if (isInt(rt, value)) {
    const byte = isSafeInt(rt, value) ? safeIntValue(rt, value) : -1;
    if (byte < 0 || byte > 255) typeError(rt, 'character mapping must be in range(256)');
    result = [byte];
  } else if (isBytes(rt, value)) result = [...bytesData(rt, value)];
  else if (value !== S.None)
    typeError(rt, `character mapping must return integer, bytes or None, not ${kindName(rt, value)}`);
  releaseTemps(rt, m);
  return result;
}

/** Encodes by a mapping. Raises UnicodeEncodeError. @runsPython */
export function charmapEncode(rt: Runtime, text: Ref, errors: string | EncodeHandler, mapping: Ref): Uint8Array {
  const points = Array.from(strText(rt, text), (character) => character.codePointAt(0) ?? 0);
  const result: number[] = [];
  const handler = encodeHandler(errors);
  const byteOf = encodingOf(rt, mapping);
  const bytesOf = (cp: number): readonly number[] | undefined => {
    if (byteOf === null) return bytesFor(rt, mapping, cp);
    const byte = byteOf(cp);
    return byte < 0 ? undefined : [byte];
  };
  for (let at = 0; at < points.length;) {
    const found = bytesOf(points[at] ?? 0);
    if (found !== undefined) {
      result.push(...found);
      at++;
      continue;
    }
    let end = at + 1;
    while (end < points.length && bytesOf(points[end] ?? 0) === undefined) end++;
    const failed = points.slice(at, end);
    const start = at;
    const { replacement, resume } = guard(rt, () => {
      try {
        return handler(encodeFault('charmap', failed, start, UNDEFINED), failed);
      } catch (error) {
        if (!(error instanceof UnicodeFault)) throw error;
        return raiseEncodeError(rt, 'charmap', text, error.start, error.end, UNDEFINED);
      }
    });
    if (typeof replacement === 'string') {
      for (const character of replacement) {
        const bytes = bytesOf(character.codePointAt(0) ?? 0);
        if (bytes === undefined) raiseEncodeError(rt, 'charmap', text, start, end, UNDEFINED);
        result.push(...bytes);
      }
    } else result.push(...replacement);
    at = resume;
  }
  return Uint8Array.from(result);
}

/** The text for a byte; undefined where there is none. @runsPython */
function textFor(rt: Runtime, mapping: Ref, byte: number): string | undefined {
  const m = tempMark(rt);
  const value = temp(rt, lookUp(rt, mapping, byte));
  let result: string | undefined;
  if (isStr(rt, value)) result = strText(rt, value);
  else if (isInt(rt, value)) {
    const cp = isSafeInt(rt, value) ? safeIntValue(rt, value) : -1;
    if (cp < 0 || cp > 0x10ffff) typeError(rt, 'character mapping must be in range(0x110000)');
    result = String.fromCodePoint(cp);
  } else if (value !== S.None) typeError(rt, 'character mapping must return integer, None or str');
  releaseTemps(rt, m);
  return result === '\ufffe' ? undefined : result;
}

/** Decodes by a table (str) or a mapping. Throws UnicodeFault. @runsPython */
export function charmapDecode(rt: Runtime, data: Uint8Array, errors: string | DecodeHandler, mapping: Ref): string {
  const table = isStr(rt, mapping) ? Array.from(strText(rt, mapping)) : null;
  const handler = decodeHandler(errors);
  let text = '';
  for (let at = 0; at < data.length;) {
    const byte = data[at] ?? 0;
    const found = table === null ? textFor(rt, mapping, byte) : table[byte];
    if (found !== undefined && found !== '\ufffe') {
      text += found;
      at++;
      continue;
    }
    const { replacement, resume } = handler(decodeFault('charmap', data, at, at + 1, UNDEFINED), data);
    text += replacement;
    at = resume;
  }
  return text;
}
