/** Bytes of a source that are no UTF-8. CPython decodes names and strings one by one, so that bad bytes elsewhere (in comments)
 *  do no harm. Here the text is decoded at once, and each bad byte becomes a lone surrogate (as under `surrogateescape`), which
 *  no decoded text has otherwise. */

const FIRST = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/u;
const RUN = /[\udc80-\udcff]+/gu;

/** Whether `text` has bytes that could not be decoded. */
export function hasUndecoded(text: string): boolean {
  return ESCAPED.test(text);
}

/** Decodes UTF-8; each byte that belongs to no character becomes a surrogate. */
export function decodeEscaping(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const valid = validLength(bytes, at);
    text += decoder.decode(bytes.subarray(at, at + valid));
    at += valid;
    if (at < bytes.length) text += String.fromCharCode(FIRST + (bytes[at++] ?? 0));
  }
  return text;
}

/** How many bytes from `start` on are valid UTF-8. */
function validLength(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = (bytes[at] ?? 0) < 0x80 ? 1 : sequenceAt(bytes, at).length;
    if (length === 0) break;
    at += length;
  }
  return at - start;
}

interface Sequence {
  /** Bytes of the character, 0 if it is none. */
  readonly length: number;
  /** Bytes that began as one. */
  readonly bad: number;
  readonly reason: string;
}

/** The character of more than one byte that begins at `at`. */
function sequenceAt(bytes: Uint8Array, at: number): Sequence {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return { length: 0, bad: 1, reason: 'invalid start byte' };
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return { length: 0, bad: i, reason: 'unexpected end of data' };
    if (!continues(lead, i, byte)) return { length: 0, bad: i, reason: 'invalid continuation byte' };
  }
  return { length, bad: 0, reason: '' };
}

/** Whether `byte` may be byte `i` of a character that begins with `lead`: not overlong, no surrogate, not beyond U+10FFFF. */
function continues(lead: number, i: number, byte: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false;
  if (i > 1) return true;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte < 0x90;
}

/** The bytes that `text` was decoded from. */
function encoded(text: string): Uint8Array {
  const parts: number[] = [];
  let from = 0;
  const encoder = new TextEncoder();
  for (const { 0: run, index } of text.matchAll(RUN)) {
    parts.push(...encoder.encode(text.slice(from, index)));
    for (let i = 0; i < run.length; i++) parts.push(run.charCodeAt(i) - FIRST);
    from = index + run.length;
  }
  parts.push(...encoder.encode(text.slice(from)));
  return Uint8Array.from(parts);
}

/** What CPython's decoder says of `text`, which has bytes that are no UTF-8. */
export function decodeError(text: string): string {
  const bytes = encoded(text);
  const at = validLength(bytes, 0);
  const { bad, reason } = sequenceAt(bytes, at);
  const where =
    bad > 1 ? `bytes in position ${at}-${at + bad - 1}` : `byte 0x${(bytes[at] ?? 0).toString(16)} in position ${at}`;
  return `(unicode error) 'utf-8' codec can't decode ${where}: ${reason}`;
}

/** `text` with U+FFFD for what could not be decoded, as errors quote it. */
export function replaceUndecoded(text: string): string {
  return hasUndecoded(text) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(encoded(text)) : text;
}

/** Where a run of bytes that are no ASCII begins that has a bad one: CPython decodes such runs of a string with escapes alone. */
export function undecodedRun(text: string): string | null {
  // eslint-disable-next-line no-control-regex
  for (const [run] of text.matchAll(/[^\x00-\x7f]+/g)) if (hasUndecoded(run)) return run;
  return null;
}
