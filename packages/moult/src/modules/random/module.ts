/** The module `_random`: the generator behind `random`. */
import { newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { hash } from '../../core/protocol/compare.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isInt, isTuple } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { setTake } from '../make.ts';
import { nextBits, seedByArray, STATE_WORDS } from './twister.ts';

/** ```
 *   0          1      2       3 …
 *   │ refcount │ type │ index │ 624 state words │
 *   ``` */
const enum RandomWord {
  Index = 2,
  State = 3,
  Words = 628,
}

const RANDOM = moduleType();

function bits(rt: Runtime, self: Ref): number {
  return nextBits(rt.words, self + RandomWord.State, self + RandomWord.Index);
}

/** 32-bit digits of a magnitude, least first; at least one. */
function keyOf(value: bigint): number[] {
  const key: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 32n) key.push(Number(BigInt.asUintN(32, rest)) | 0);
  return key.length === 0 ? [0] : key;
}

function seedWith(rt: Runtime, self: Ref, value: Ref): void {
  const number = seedNumber(rt, value);
  seedByArray(rt.words, self + RandomWord.State, keyOf(number < 0n ? -number : number));
  rt.words[self + RandomWord.Index] = STATE_WORDS;
}

function seedNumber(rt: Runtime, value: Ref): bigint {
  if (value === 0 || value === S.None) return rt.host?.time?.() ?? 0n;
  if (isInt(rt, value)) return bigIntValue(rt, value);
  const low = hash(rt, value);
  return BigInt.asUintN(64, (BigInt(rt.hashHigh) << 32n) | BigInt(low >>> 0));
}

function seed(rt: Runtime, self: Ref, value = 0): Owned {
  seedWith(rt, self, value);
  return none();
}

function random(rt: Runtime, self: Ref): Owned {
  const high = bits(rt, self) >>> 5;
  const low = bits(rt, self) >>> 6;
  return newFloat(rt, (high * 67108864 + low) / 9007199254740992);
}

function getrandbits(rt: Runtime, self: Ref, count = 0): Owned {
  let left = indexNumber(rt, count, T.OverflowError);
  if (left < 0) valueError(rt, 'number of bits must be non-negative');
  if (left === 0) return newInt(rt, 0);
  if (left <= 32) return newInt(rt, bits(rt, self) >>> (32 - left));
  if (left > 2 ** 31) rt.onOutOfMemory(left / 8);
  const words: string[] = [];
  for (; left > 0; left -= 32) {
    const word = left < 32 ? bits(rt, self) >>> (32 - left) : bits(rt, self);
    words.push(word.toString(16).padStart(8, '0'));
  }
  return newBigInt(rt, BigInt('0x' + words.reverse().join('')));
}

function getstate(rt: Runtime, self: Ref): Owned {
  const tuple = temp(rt, newTuple(rt, STATE_WORDS + 1));
  const H = rt.words;
  for (let i = 0; i < STATE_WORDS; i++) {
    H[tuple + TupleWord.Items + i] = newInt(rt, H[self + RandomWord.State + i] >>> 0);
  }
  H[tuple + TupleWord.Items + STATE_WORDS] = newInt(rt, H[self + RandomWord.Index]);
  return untemp(rt, tuple);
}

function setstate(rt: Runtime, self: Ref, state = 0): Owned {
  const H = rt.words;
  if (!isTuple(rt, state)) typeError(rt, 'state vector must be a tuple');
  if (H[state + TupleWord.Size] !== STATE_WORDS + 1) valueError(rt, 'state vector is the wrong size');
  const fresh: number[] = [];
  for (let i = 0; i <= STATE_WORDS; i++) {
    const item = H[state + TupleWord.Items + i];
    if (!isInt(rt, item)) typeError(rt, 'an integer is required');
    fresh.push(Number(BigInt.asIntN(32, bigIntValue(rt, item))));
  }
  const index = fresh[STATE_WORDS] as number;
  if (index < 0 || index > STATE_WORDS) valueError(rt, 'invalid state');
  for (let i = 0; i < STATE_WORDS; i++) H[self + RandomWord.State + i] = fresh[i] as number;
  H[self + RandomWord.Index] = index;
  return none();
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  if (H[self + ObjectWord.Type] === RANDOM && kwargs !== 0 && dictLength(rt, kwargs) > 0) {
    typeError(rt, 'Random() takes no keyword arguments');
  }
  const nargs = H[args + TupleWord.Size];
  if (nargs > 1) typeError(rt, 'Random() requires 0 or 1 argument');
  seedWith(rt, self, nargs === 0 ? 0 : H[args + TupleWord.Items]);
}

defineType({
  ref: RANDOM,
  name: '_random.Random',
  heapType: 'mutable',
  basicSize: 2520,
  words: RandomWord.Words,
  flags: TypeFlag.BaseType,
  doc: 'Random() -> create a random number generator with its own internal state.',
  slots: { new: (rt, type) => allocInstance(rt, type, 0), init },
  methods: [
    native('random($self, /)', random, { doc: 'random() -> x in the interval [0, 1).' }),
    native('seed($self, n=None, /)', seed, {
      doc: 'seed([n]) -> None.\n\nDefaults to use urandom and falls back to a combination of the current time and the process identifier.',
    }),
    native('getstate($self, /)', getstate, { doc: 'getstate() -> tuple containing the current state.' }),
    native('setstate($self, state, /)', setstate, { doc: 'setstate(state) -> None.  Restores generator state.' }),
    native('getrandbits($self, k, /)', getrandbits, {
      doc: 'getrandbits(k) -> x.  Generates an int with k random bits.',
    }),
  ],
});

defineModule({
  name: '_random',
  doc: 'Module implements the Mersenne Twister random number generator.',
  populate(rt, dict) {
    setTake(rt, dict, 'Random', newRef(rt, RANDOM));
  },
});
