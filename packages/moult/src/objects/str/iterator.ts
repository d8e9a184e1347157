/** `str_iterator`, and `str_ascii_iterator`, which never makes a character. */
import { decref, gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { StrState, StrWord } from '../../core/layout/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ssizeOfInt } from '../../core/ssize.ts';
import { charStr, S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { defineType } from '../../core/type-spec.ts';
import { lengthHintMethod, reduceMethod, reduceToIter, setStateMethod } from '../iterators/reduce.ts';
import { identitySlot } from '../iterators/shared.ts';
import { SequenceIteratorWord as Word } from '../../core/layout/iterators.ts';
import { strCharAt } from './items.ts';

/** `iter(str)` */
export function newStrIterator(rt: Runtime, text: Ref): Owned {
  const H = rt.words;
  const ascii = (H[text + StrWord.State] & StrState.KindMask) === StrState.Ascii;
  const it = gcNew(rt, ascii ? T.strAsciiIterator : T.strIterator);
  H[it + Word.Sequence] = newRef(rt, text);
  track(rt, it);
  return it;
}

/** The next character of an ASCII string. @runsPython (the string may be of a subclass and die) */
function strAsciiNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const text = H[it + Word.Sequence];
  if (text === 0) return 0;
  const i = H[it + Word.Index];
  if (i < H[text + StrWord.Length]) {
    H[it + Word.Index] = i + 1;
    return charStr(strText(rt, text).charCodeAt(i)) as Owned;
  }
  return finish(rt, it, text);
}

/** The next character. @runsPython (as above) */
function strNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const text = H[it + Word.Sequence];
  if (text === 0) return 0;
  const i = H[it + Word.Index];
  if (i < H[text + StrWord.Length]) {
    H[it + Word.Index] = i + 1;
    return strCharAt(rt, text, i);
  }
  return finish(rt, it, text);
}

function finish(rt: Runtime, it: Ref, text: Ref): 0 {
  rt.words[it + Word.Sequence] = 0;
  decref(rt, text);
  return 0;
}

function hint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const text = H[it + Word.Sequence];
  return newInt(rt, text === 0 ? 0 : H[text + StrWord.Length] - H[it + Word.Index]);
}

function reduce(rt: Runtime, it: Ref): Owned {
  return reduceToIter(rt, it, Word.Sequence, Word.Index, () => S.EmptyStr as Ref as Owned);
}

function setState(rt: Runtime, it: Ref, state: Ref): Owned {
  const i = ssizeOfInt(rt, state);
  const H = rt.words;
  const text = H[it + Word.Sequence];
  if (text !== 0) H[it + Word.Index] = Math.min(Math.max(i, 0), H[text + StrWord.Length]);
  return none();
}

const shared = {
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Sequence],
  noClear: true,
} as const;

defineType({
  ref: T.strIterator,
  name: 'str_iterator',
  ...shared,
  slots: { iter: identitySlot, iternext: strNext },
  methods: [lengthHintMethod(hint), reduceMethod(reduce), setStateMethod(setState)],
});

defineType({
  ref: T.strAsciiIterator,
  name: 'str_ascii_iterator',
  ...shared,
  slots: { iter: identitySlot, iternext: strAsciiNext },
  methods: [lengthHintMethod(hint), reduceMethod(reduce), setStateMethod(setState)],
});
