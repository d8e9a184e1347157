/** Texts from arrays of their units, and back. */

/** Fewer arguments than any engine refuses. */
const CHUNK = 8192;

/** Characters that are put together one by one sooner than an array is made. */
const SHORT = 24;

/** The string of these UTF-16 units; of bytes, one character for each.
 *  (A typed array is an array-like: spreading it instead would go through its iterator.) */
export function textOfUnits(units: Uint8Array | Uint16Array): string {
  if (units.length <= CHUNK) return String.fromCharCode.apply(null, units as unknown as number[]);
  let text = '';
  for (let i = 0; i < units.length; i += CHUNK) {
    text += String.fromCharCode.apply(null, units.subarray(i, i + CHUNK) as unknown as number[]);
  }
  return text;
}

/** `count` characters of a text without surrogate pairs, from `start` on with `step` between them. */
export function everyUnit(text: string, start: number, step: number, count: number): string {
  if (count < SHORT) {
    let result = '';
    for (let i = 0, at = start; i < count; i++, at += step) result += text.charAt(at);
    return result;
  }
  const units = new Uint16Array(count);
  for (let i = 0, at = start; i < count; i++, at += step) units[i] = text.charCodeAt(at);
  return textOfUnits(units);
}
