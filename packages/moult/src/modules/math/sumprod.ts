/** `math.sumprod`. Items are taken pair by pair: ints are summed as long as the sum fits 64 bits, then floats in triple
 *  precision as long as it is finite, then the rest as Python multiplies and adds. Source: CPython 3.12 math_sumprod_impl. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue, isSafeInt, newBigInt, newFloat, newInt, safeIntValue } from '../../core/int.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { add, multiply } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { intToFloat } from '../../numeric/int-float.ts';
import { twoProduct, twoSum } from './sums.ts';

/** A sum of products of one kind. */
interface PartialSum {
  used: boolean;
  /** Adds the product of two objects; false if it cannot. */
  add: (rt: Runtime, a: Ref, b: Ref) => boolean;
  value: (rt: Runtime) => Owned;
}

const fitsLong = (n: bigint): boolean => BigInt.asIntN(64, n) === n;

/** As a number while the sum is exact in one, then as a bigint. */
class IntSum implements PartialSum {
  used = false;
  private small = 0;
  private large = 0n;

  add(rt: Runtime, a: Ref, b: Ref): boolean {
    const H = rt.words;
    if (H[a + ObjectWord.Type] !== T.int || H[b + ObjectWord.Type] !== T.int) return false;
    const product = isSafeInt(rt, a) && isSafeInt(rt, b) ? safeIntValue(rt, a) * safeIntValue(rt, b) : NaN;
    const sum = this.small + product;
    if (!Number.isSafeInteger(product) || !Number.isSafeInteger(sum)) return this.addLarge(rt, a, b);
    this.small = sum;
    this.used = true;
    return true;
  }

  private addLarge(rt: Runtime, a: Ref, b: Ref): boolean {
    const x = bigIntValue(rt, a);
    const y = bigIntValue(rt, b);
    const before = this.large + BigInt(this.small);
    if (!fitsLong(x) || !fitsLong(y) || !fitsLong(x * y) || !fitsLong(before + x * y)) return false;
    this.large = before + x * y;
    this.small = 0;
    this.used = true;
    return true;
  }

  value(rt: Runtime): Owned {
    return newBigInt(rt, this.large + BigInt(this.small));
  }
}

class FloatSum implements PartialSum {
  used = false;
  private high = 0;
  private low = 0;
  private tiny = 0;

  add(rt: Runtime, a: Ref, b: Ref): boolean {
    const H = rt.words;
    if (H[a + ObjectWord.Type] !== T.float && H[b + ObjectWord.Type] !== T.float) return false;
    const x = doubleOf(rt, a);
    const y = doubleOf(rt, b);
    if (x === null || y === null) return false;
    const product = x * y;
    const high = this.high + product;
    if (!Number.isFinite(high)) return false;
    const error = twoProduct(x, y)[1];
    const part = high - this.high;
    const rest = this.high - (high - part) + (product - part);
    const [low, tiny] = twoSum(this.low, error);
    const [sum, lost] = twoSum(low, rest);
    this.high = high;
    this.low = sum;
    this.tiny += tiny + lost;
    this.used = true;
    return true;
  }

  value(rt: Runtime): Owned {
    const [sum, rest] = twoSum(this.low, this.high);
    return newFloat(rt, this.tiny + rest + sum);
  }
}

/** Ints from here on are rounded beyond the largest float. */
const FLOAT_END = 2n ** 1024n - 2n ** 970n;

/** An exact float, int or bool as a double; null for anything else and what is too large. */
function doubleOf(rt: Runtime, o: Ref): number | null {
  const type = rt.words[o + ObjectWord.Type];
  if (type === T.float) return floatValue(rt, o);
  if (type !== T.int && type !== T.bool) return null;
  if (isSafeInt(rt, o)) return safeIntValue(rt, o);
  const value = bigIntValue(rt, o);
  return value < FLOAT_END && value > -FLOAT_END ? intToFloat(value) : null;
}

/** `math.sumprod(p, q)` @runsPython */
export function sumprod(rt: Runtime, _module: Ref, p: Ref, q: Ref): Owned {
  const left = temp(rt, iter(rt, p));
  const right = temp(rt, iter(rt, q));
  const partials: PartialSum[] = [new IntSum(), new FloatSum()];
  const total = tempMark(rt);
  temp(rt, newInt(rt, 0));
  for (;;) {
    const a = nextItem(rt, left);
    const b = nextItem(rt, right);
    if ((a === 0) !== (b === 0)) valueError(rt, 'Inputs are not the same length');
    const done = a === 0;
    while (partials[0] !== undefined && (done || !partials[0].add(rt, a, b))) finish(rt, total, partials.shift()!);
    if (done) return newRef(rt, rt.words[total]);
    if (partials.length === 0) addTerm(rt, total, multiply(rt, a, b));
    releaseTemps(rt, total + 1);
  }
}

/** The next item, on the temporaries' stack; 0 at the end. @runsPython */
function nextItem(rt: Runtime, it: Ref): Ref {
  const item = iterNext(rt, it);
  return item === 0 ? 0 : temp(rt, item);
}

function finish(rt: Runtime, total: number, partial: PartialSum): void {
  if (partial.used) addTerm(rt, total, partial.value(rt));
}

/** Adds to the total, which is the temporary at `total`. Takes `term`. */
function addTerm(rt: Runtime, total: number, term: Owned): void {
  const m = tempMark(rt);
  temp(rt, term);
  setWord(rt, total, releaseKeeping(rt, m, add(rt, rt.words[total], term)));
}
