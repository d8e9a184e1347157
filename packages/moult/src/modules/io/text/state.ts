/** What text streams know of themselves, and how they are set up. Source: CPython 3.12 Modules/_io/textio.c. */
import { hostAdd, hostFree, hostGet, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { valueError } from '../../../core/errors.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { strText } from '../../../core/str.ts';
import { BufferedWord, FileWord, NewlineBit, TextFlag, TextWord, WriteNl } from '../layout.ts';
import { attributeIsTrue, closedError, unsupported } from '../support.ts';
import { TEXT_WRAPPER } from '../types.ts';

/** Where decoding can begin anew: the decoder's flags, and the bytes given to it since. Immutable. */
export interface Snapshot {
  readonly flags: bigint;
  readonly input: Uint8Array;
}

export function hasFlag(rt: Runtime, self: Ref, flag: TextFlag): boolean {
  return (rt.words[self + TextWord.Flags] & flag) !== 0;
}

export function setFlag(rt: Runtime, self: Ref, flag: TextFlag, on: boolean): void {
  if (on) rt.words[self + TextWord.Flags] |= flag;
  else rt.words[self + TextWord.Flags] &= ~flag;
}

/** The buffer, borrowed. Raises ValueError before `__init__` and after `detach`. */
export function requireBuffer(rt: Runtime, self: Ref): Ref {
  if (!hasFlag(rt, self, TextFlag.Ok)) {
    valueError(
      rt,
      hasFlag(rt, self, TextFlag.Detached)
        ? 'underlying buffer has been detached'
        : 'I/O operation on uninitialized object',
    );
  }
  return rt.words[self + TextWord.Buffer];
}

/** @runsPython */
export function isClosed(rt: Runtime, self: Ref): boolean {
  const H = rt.words;
  const raw = H[self + TextWord.Raw];
  if (H[self + ObjectWord.Type] === TEXT_WRAPPER && raw !== 0) return H[raw + FileWord.Fd] < 0;
  return attributeIsTrue(rt, self, 'closed');
}

/** The buffer of a stream that is open. @runsPython */
export function requireOpen(rt: Runtime, self: Ref): Ref {
  const buffer = requireBuffer(rt, self);
  if (isClosed(rt, self)) closedError(rt);
  return buffer;
}

export function requireReadable(rt: Runtime, self: Ref): void {
  if (!hasFlag(rt, self, TextFlag.CanRead)) unsupported(rt, 'not readable');
}

/** A payload of the host table at a word, null if there is none. */
export function payload(rt: Runtime, word: number): unknown {
  return rt.words[word] === 0 ? null : hostGet(rt, rt.words[word]);
}

/** Replaces it; null takes it away. */
export function setPayload(rt: Runtime, word: number, value: NonNullable<unknown> | null): void {
  const H = rt.words;
  if (H[word] !== 0) hostFree(rt, H[word]);
  H[word] = value === null ? 0 : hostAdd(rt, value);
}

/** The decoded text, of which `DecodedUsed` code units were taken. */
export function decodedText(rt: Runtime, self: Ref): string {
  return (payload(rt, self + TextWord.Decoded) as string | null) ?? '';
}

/** Replaces the decoded text; nothing of it is taken. */
export function setDecoded(rt: Runtime, self: Ref, text: string): void {
  rt.words[self + TextWord.DecodedUsed] = 0;
  if (text === '' && rt.words[self + TextWord.Decoded] === 0) return;
  setPayload(rt, self + TextWord.Decoded, text === '' ? null : text);
}

export function snapshotOf(rt: Runtime, self: Ref): Snapshot | null {
  return payload(rt, self + TextWord.Snapshot) as Snapshot | null;
}

export function setSnapshot(rt: Runtime, self: Ref, snapshot: Snapshot | null): void {
  if (snapshot === null && rt.words[self + TextWord.Snapshot] === 0) return;
  setPayload(rt, self + TextWord.Snapshot, snapshot);
}

/** Gives back what is no reference. */
export function releaseText(rt: Runtime, self: Ref): void {
  for (const word of [TextWord.Decoded, TextWord.Snapshot, TextWord.Kept]) setPayload(rt, self + word, null);
}

/** Line ends a newline argument may name; null is None. Raises ValueError. */
export function checkNewline(rt: Runtime, newline: string | null): void {
  if (newline !== null && !['', '\n', '\r', '\r\n'].includes(newline))
    valueError(rt, `illegal newline value: ${newline}`);
}

/** Sets the flags that follow from `newline`. Source: CPython 3.12 set_newline. */
export function setNewline(rt: Runtime, self: Ref, newline: string | null): void {
  const H = rt.words;
  setFlag(rt, self, TextFlag.ReadUniversal, newline === null || newline === '');
  setFlag(rt, self, TextFlag.ReadTranslate, newline === null);
  setFlag(rt, self, TextFlag.WriteTranslate, newline !== '');
  H[self + TextWord.WriteNl] = newline === '\r\n' ? WriteNl.CrLf : newline === '\r' ? WriteNl.Cr : WriteNl.Lf;
  H[self + TextWord.Newlines] = newline === null ? NewlineBit.Translate : 0;
}

/** The line end that lines are read by, null: any. */
export function readEnd(rt: Runtime, self: Ref): string | null {
  if (hasFlag(rt, self, TextFlag.ReadTranslate)) return '\n';
  if (hasFlag(rt, self, TextFlag.ReadUniversal)) return null;
  const given = rt.words[self + TextWord.ReadNl];
  return given === 0 ? '\n' : strText(rt, given);
}

/** The raw file of a plain buffered stream. */
export function rawOfBuffer(rt: Runtime, buffer: Ref): Ref {
  return rt.words[buffer + BufferedWord.Raw];
}
