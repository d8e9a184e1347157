/** The decoder and the encoder of a text stream: UTF-8, ASCII and Latin-1 are built in, others are incremental codecs of the library. */
import { newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../../core/call.ts';
import { raise, typeError } from '../../../core/errors.ts';
import { bigIntValue, newBigInt, newInt } from '../../../core/int.ts';
import { getAttrText, isTrue, lookupAttrText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { pyBool, S, T } from '../../../core/static.ts';
import { newBytes, strText } from '../../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../../core/tuple.ts';
import { isInt, isStr, isTuple, kindName } from '../../../core/types.ts';
import { bufferOf } from '../../../objects/bytes/buffer.ts';
import { encodeText } from '../../../objects/bytes/codecs.ts';
import { decodePart, encodingName } from '../../../text/codecs.ts';
import { decodeWith } from '../../../text/decode.ts';
import { joinBytes } from '../../../text/join-bytes.ts';
import { findCodec } from '../../codecs.ts';
import { decoding } from '../../codecs/functions.ts';
import { Codec, NewlineBit, TextFlag, TextWord } from '../layout.ts';
import { decodeNewlines } from '../newlines.ts';
import { callNamed, tells } from '../support.ts';
import { hasFlag, payload, setFlag, setPayload } from './state.ts';

const BUILT_IN: Readonly<Record<string, Codec>> = { 'utf-8': Codec.Utf8, ascii: Codec.Ascii, 'latin-1': Codec.Latin1 };
const CODEC_NAMES: readonly string[] = ['', 'utf-8', 'ascii', 'latin-1'];
const HANDLERS = new Set(
  'strict ignore replace backslashreplace surrogateescape surrogatepass xmlcharrefreplace namereplace'.split(' '),
);

/** Chooses the codec of the stream's encoding and errors, and makes the library's objects where they are needed. Raises LookupError.
 *  @runsPython */
export function chooseCodec(rt: Runtime, self: Ref, canRead: boolean, canWrite: boolean): void {
  const H = rt.words;
  const encoding = strText(rt, H[self + TextWord.Encoding]);
  const known = HANDLERS.has(strText(rt, H[self + TextWord.Errors]))
    ? BUILT_IN[encodingName(encoding) ?? '']
    : undefined;
  setFlag(rt, self, TextFlag.CanRead, canRead);
  setPayload(rt, self + TextWord.Kept, null);
  if (known !== undefined) {
    H[self + TextWord.Codec] = known;
    setWord(rt, self + TextWord.Decoder, 0);
    setWord(rt, self + TextWord.Encoder, canWrite ? newRef(rt, S.True) : 0);
    return;
  }
  const m = tempMark(rt);
  const codec = temp(rt, findTextCodec(rt, encoding));
  H[self + TextWord.Codec] = Codec.Library;
  setWord(rt, self + TextWord.Decoder, canRead ? incremental(rt, self, codec, 'incrementaldecoder') : 0);
  setWord(rt, self + TextWord.Encoder, canWrite ? incremental(rt, self, codec, 'incrementalencoder') : 0);
  releaseTemps(rt, m);
}

/** Source: CPython 3.12 _PyCodec_LookupTextEncoding. */
function findTextCodec(rt: Runtime, encoding: string): Owned {
  const codec = findCodec(rt, encoding);
  temp(rt, codec);
  const isText = lookupAttrText(rt, codec, '_is_text_encoding');
  if (isText !== 0 && !isTrue(rt, temp(rt, isText))) {
    raise(rt, T.LookupError, `'${encoding}' is not a text encoding; use codecs.open() to handle arbitrary codecs`);
  }
  return newRef(rt, codec);
}

function incremental(rt: Runtime, self: Ref, codec: Ref, name: string): Owned {
  const make = temp(rt, getAttrText(rt, codec, name));
  return call1(rt, make, rt.words[self + TextWord.Errors]);
}

/** Whether there is something to write with. */
export function canEncode(rt: Runtime, self: Ref): boolean {
  return rt.words[self + TextWord.Encoder] !== 0;
}

/** The bytes of a str, or the str itself where they are the same and nothing was to be done. Owned. @runsPython */
export function encodeForPending(rt: Runtime, self: Ref, text: Ref, isAscii: boolean): Owned {
  const H = rt.words;
  const codec = H[self + TextWord.Codec];
  if (codec !== (Codec.Library as number)) {
    if (isAscii) return newRef(rt, text);
    setFlag(rt, self, TextFlag.EncodingStart, false);
    return newBytes(rt, encodeText(rt, text, CODEC_NAMES[codec] ?? '', strText(rt, H[self + TextWord.Errors])));
  }
  const data = callNamed(rt, H[self + TextWord.Encoder], 'encode', text);
  if (bufferOf(rt, data) === null)
    typeError(rt, `encoder should return a bytes object, not '${kindName(rt, temp(rt, data))}'`);
  return data;
}

/** Back to the encoder's first state, or (not at the start of the file) to the one that writes no byte order mark. @runsPython */
export function resetEncoder(rt: Runtime, self: Ref, atStart: boolean): void {
  setFlag(rt, self, TextFlag.EncodingStart, atStart);
  const encoder = rt.words[self + TextWord.Encoder];
  if (rt.words[self + TextWord.Codec] !== (Codec.Library as number) || encoder === 0) return;
  if (atStart) tells(rt, encoder, 'reset');
  else tells(rt, encoder, 'setstate', temp(rt, newInt(rt, 0)));
}

function kept(rt: Runtime, self: Ref): Uint8Array {
  return (payload(rt, self + TextWord.Kept) as Uint8Array | null) ?? new Uint8Array(0);
}

/** Decodes bytes to text with its line ends as the program wants them. @runsPython */
export function decodeChunk(rt: Runtime, self: Ref, data: Uint8Array, final: boolean): string {
  const H = rt.words;
  const raw =
    H[self + TextWord.Decoder] === 0 ? decodeBuiltIn(rt, self, data, final) : decodeByLibrary(rt, self, data, final);
  if (!hasFlag(rt, self, TextFlag.ReadUniversal)) return raw;
  const { text, bits } = decodeNewlines(raw, H[self + TextWord.Newlines], final);
  H[self + TextWord.Newlines] = bits;
  return text;
}

function decodeBuiltIn(rt: Runtime, self: Ref, data: Uint8Array, final: boolean): string {
  const H = rt.words;
  const encoding = CODEC_NAMES[H[self + TextWord.Codec]] ?? '';
  const errors = strText(rt, H[self + TextWord.Errors]);
  const before = kept(rt, self);
  const all = before.length === 0 ? data : joinBytes([before, data]);
  const { text, consumed } = decoding(rt, all, () =>
    final ? decodeWith(encoding, all, errors) : decodePart(all, encoding, errors),
  );
  const rest = all.length - consumed;
  if (rest > 0 || before.length > 0)
    setPayload(rt, self + TextWord.Kept, rest > 0 && !final ? all.slice(consumed) : null);
  return text;
}

function decodeByLibrary(rt: Runtime, self: Ref, data: Uint8Array, final: boolean): string {
  const m = tempMark(rt);
  const bytes = temp(rt, newBytes(rt, data.slice()));
  const result = temp(rt, callNamed(rt, rt.words[self + TextWord.Decoder], 'decode', bytes, pyBool(final)));
  if (!isStr(rt, result)) typeError(rt, `decoder should return a string result, not '${kindName(rt, result)}'`);
  const text = strText(rt, result);
  releaseTemps(rt, m);
  return text;
}

/** The decoder's state: bytes it keeps, and its flags. @runsPython */
export function decoderState(rt: Runtime, self: Ref): readonly [input: Uint8Array, flags: bigint] {
  const [input, flags] = innerState(rt, self);
  if (!hasFlag(rt, self, TextFlag.ReadUniversal)) return [input, flags];
  const pending = (rt.words[self + TextWord.Newlines] & NewlineBit.PendingCr) !== 0 ? 1n : 0n;
  return [input, (flags << 1n) | pending];
}

function innerState(rt: Runtime, self: Ref): readonly [Uint8Array, bigint] {
  const decoder = rt.words[self + TextWord.Decoder];
  if (decoder === 0) return [kept(rt, self), 0n];
  const m = tempMark(rt);
  const state = temp(rt, callNamed(rt, decoder, 'getstate'));
  if (!isTuple(rt, state) || tupleSize(rt, state) !== 2 || !isInt(rt, tupleItem(rt, state, 1)))
    typeError(rt, 'illegal decoder state');
  const input = bufferOf(rt, tupleItem(rt, state, 0));
  if (input === null) {
    typeError(
      rt,
      `illegal decoder state: the first item should be a bytes object, not '${kindName(rt, tupleItem(rt, state, 0))}'`,
    );
  }
  const flags = bigIntValue(rt, tupleItem(rt, state, 1));
  releaseTemps(rt, m);
  return [input.slice(), flags];
}

/** @runsPython */
export function setDecoderState(rt: Runtime, self: Ref, input: Uint8Array, flags: bigint): void {
  const H = rt.words;
  let inner = flags;
  if (hasFlag(rt, self, TextFlag.ReadUniversal)) {
    inner = flags >> 1n;
    const pending = (flags & 1n) === 1n ? NewlineBit.PendingCr : 0;
    H[self + TextWord.Newlines] = (H[self + TextWord.Newlines] & ~NewlineBit.PendingCr) | pending;
  }
  const decoder = H[self + TextWord.Decoder];
  if (decoder === 0) {
    setPayload(rt, self + TextWord.Kept, input.length === 0 ? null : input);
    return;
  }
  const m = tempMark(rt);
  const bytes = temp(rt, newBytes(rt, input.slice()));
  tells(rt, decoder, 'setstate', temp(rt, tupleOf(rt, bytes, temp(rt, newBigInt(rt, inner)))));
  releaseTemps(rt, m);
}

/** Back to the decoder's first state. @runsPython */
export function resetDecoder(rt: Runtime, self: Ref): void {
  rt.words[self + TextWord.Newlines] &= NewlineBit.Translate;
  setPayload(rt, self + TextWord.Kept, null);
  if (rt.words[self + TextWord.Decoder] !== 0) tells(rt, rt.words[self + TextWord.Decoder], 'reset');
}

/** The bytes of what a buffer gave. Raises TypeError: `method` should have returned bytes. */
export function bytesFromBuffer(rt: Runtime, data: Ref, method: string): Uint8Array {
  const bytes = bufferOf(rt, data);
  return (
    bytes ??
    typeError(rt, `underlying ${method}() should have returned a bytes-like object, not '${kindName(rt, data)}'`)
  );
}
