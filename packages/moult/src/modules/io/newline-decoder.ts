/** `io.IncrementalNewlineDecoder`. */
import { genericAlloc, LayoutKind, newRef, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newBigInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInt, isStr, isTuple, kindName } from '../../core/types.ts';
import { parseArguments } from '../arguments.ts';
import { NewlineBit, NewlineWord } from './layout.ts';
import { decodeNewlines, seenNewlines } from './newlines.ts';
import { callNamed } from './support.ts';
import { NEWLINE_DECODER } from './types.ts';

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const m = tempMark(rt);
  const [decoder = 0, translate = 0, errors = 0] = parseArguments(
    rt,
    'IncrementalNewlineDecoder',
    ['decoder', 'translate', 'errors'],
    2,
    args,
    kwargs,
  );
  setWord(rt, self + NewlineWord.Decoder, newRef(rt, decoder));
  setWord(rt, self + NewlineWord.Errors, errors === 0 ? newStr(rt, 'strict') : newRef(rt, errors));
  rt.words[self + NewlineWord.Bits] = isTrue(rt, translate) ? NewlineBit.Translate : 0;
  releaseTemps(rt, m);
}

/** The inner decoder, None for text. Raises ValueError before `__init__`. */
function decoderOf(rt: Runtime, self: Ref): Ref {
  return rt.words[self + NewlineWord.Decoder] || valueError(rt, 'IncrementalNewlineDecoder.__init__() not called');
}

function decode(rt: Runtime, self: Ref, input: Ref, finalArg: Ref): Owned {
  const decoder = decoderOf(rt, self);
  const final = finalArg !== 0 && isTrue(rt, finalArg);
  const output = decoder === S.None ? input : temp(rt, callNamed(rt, decoder, 'decode', input, pyBool(final)));
  if (!isStr(rt, output)) typeError(rt, `decoder should return a string result, not '${kindName(rt, output)}'`);
  const { text, bits } = decodeNewlines(strText(rt, output), rt.words[self + NewlineWord.Bits], final);
  rt.words[self + NewlineWord.Bits] = bits;
  return text === strText(rt, output) ? newRef(rt, output) : newStr(rt, text);
}

/** Buffer and flag of a state tuple. Raises TypeError. */
function stateParts(rt: Runtime, state: Ref): readonly [buffer: Ref, flag: bigint] {
  if (!isTuple(rt, state)) typeError(rt, 'state argument must be a tuple');
  if (tupleSize(rt, state) !== 2 || !isInt(rt, tupleItem(rt, state, 1)))
    typeError(rt, 'setstate(): illegal state argument');
  return [tupleItem(rt, state, 0), bigIntValue(rt, tupleItem(rt, state, 1))];
}

function getState(rt: Runtime, self: Ref): Owned {
  const decoder = decoderOf(rt, self);
  const pending = (rt.words[self + NewlineWord.Bits] & NewlineBit.PendingCr) !== 0 ? 1n : 0n;
  if (decoder === S.None) return tupleOf(rt, S.EmptyBytes, temp(rt, newBigInt(rt, pending)));
  const state = temp(rt, callNamed(rt, decoder, 'getstate'));
  if (!isTuple(rt, state)) raise(rt, T.TypeError, 'illegal decoder state');
  const [buffer, flag] = stateParts(rt, state);
  return tupleOf(rt, buffer, temp(rt, newBigInt(rt, (flag << 1n) | pending)));
}

function setState(rt: Runtime, self: Ref, state: Ref): Owned {
  const decoder = decoderOf(rt, self);
  const [buffer, flag] = stateParts(rt, state);
  const H = rt.words;
  H[self + NewlineWord.Bits] =
    (H[self + NewlineWord.Bits] & ~NewlineBit.PendingCr) | ((flag & 1n) === 1n ? NewlineBit.PendingCr : 0);
  if (decoder === S.None) return none();
  return callNamed(rt, decoder, 'setstate', temp(rt, tupleOf(rt, buffer, temp(rt, newBigInt(rt, flag >> 1n)))));
}

function reset(rt: Runtime, self: Ref): Owned {
  const decoder = decoderOf(rt, self);
  rt.words[self + NewlineWord.Bits] &= NewlineBit.Translate;
  return decoder === S.None ? none() : callNamed(rt, decoder, 'reset');
}

defineType({
  ref: NEWLINE_DECODER,
  name: '_io.IncrementalNewlineDecoder',
  heapType: 'immutable',
  basicSize: 40,
  words: NewlineWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [NewlineWord.Decoder, NewlineWord.Errors],
  doc:
    "IncrementalNewlineDecoder(decoder, translate, errors='strict')\n--\n\n" +
    'Codec used when reading a file in universal newlines mode.\n\nIt wraps another incremental decoder, translating \\r\\n and \\r into \\n.\n' +
    'It also records the types of newlines encountered.  When used with\ntranslate=False, it ensures that the newline sequence is returned in\n' +
    'one piece. When used with decoder=None, it expects unicode strings as\ndecode input and translates newlines without first invoking an external\ndecoder.',
  slots: { new: (rt, type) => genericAlloc(rt, type), init },
  methods: [
    native('decode($self, /, input, final=False)', decode),
    native('getstate($self, /)', getState),
    native('setstate($self, state, /)', setState),
    native('reset($self, /)', reset),
  ],
  getset: [
    getset('newlines', (rt, self) => {
      decoderOf(rt, self);
      return seenNewlines(rt, rt.words[self + NewlineWord.Bits]);
    }),
  ],
});
