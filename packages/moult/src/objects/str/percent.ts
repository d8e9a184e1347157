/** `format % values`. */
import { newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, pendingMatches, typeError, overflowError } from '../../core/errors.ts';
import { guard, raiseFault } from '../../core/faults.ts';
import { bigIntValue, intValue, isSafeInt, safeIntValue } from '../../core/int.ts';
import { getItem } from '../../core/protocol/item.ts';
import { index } from '../../core/protocol/number.ts';
import { repr, str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isInt, isStr, isTuple, kindName, slotOf } from '../../core/types.ts';
import {
  percentChar,
  percentCharOf,
  percentFloat,
  percentInt,
  percentText,
  PercentScanner,
  PercentStep,
} from '../../text/percent-format.ts';
import type { Conversion } from '../../text/percent-format.ts';
import { toFloat } from '../float/convert.ts';
import { asciiRepr } from '../format.ts';
import { toInt } from '../int/convert.ts';
import { maxStrDigits } from '../int/digits-limit.ts';
import { unchanged } from './make.ts';

/** The values a format takes in turn: the items of a tuple, or the one object. */
export class PercentArguments {
  private next = 0;
  /** Value of the key read last, for the conversion that follows. */
  keyed: Ref = 0;

  constructor(
    private readonly rt: Runtime,
    readonly values: Ref,
    readonly isMapping: boolean,
  ) {}

  /** The next value, borrowed. Raises TypeError when there is none. */
  take(): Ref {
    const { rt, values } = this;
    if (this.keyed !== 0) {
      const value = this.keyed;
      this.keyed = 0;
      return value;
    }
    const count = isTuple(rt, values) ? rt.words[values + TupleWord.Size] : 1;
    if (this.next >= count) typeError(rt, 'not enough arguments for format string');
    const i = this.next++;
    return isTuple(rt, values) ? rt.words[values + TupleWord.Items + i] : values;
  }

  /** After a key the mapping itself counts as used. */
  useMapping(): void {
    this.next = 1;
  }

  /** Raises TypeError if values are left over. */
  finish(what: string): void {
    const { rt, values } = this;
    if (this.isMapping) return;
    const count = isTuple(rt, values) ? rt.words[values + TupleWord.Size] : 1;
    if (this.next < count) typeError(rt, `not all arguments converted during ${what} formatting`);
  }
}

/** `self % values`; NotImplemented if `self` is no str. @runsPython */
export function strRemainder(rt: Runtime, self: Ref, values: Ref): Owned {
  if (!isStr(rt, self)) return S.NotImplemented as Ref as Owned;
  const isMapping = !isTuple(rt, values) && !isStr(rt, values) && slotOf(rt, values, TypeWord.MpSubscript) !== 0;
  const m = tempMark(rt);
  const scanner = new PercentScanner(strText(rt, self), isMapping);
  const args = new PercentArguments(rt, values, isMapping);
  const result = formatAll(rt, self, scanner, args);
  return releaseKeeping(rt, m, result);
}

function formatAll(rt: Runtime, self: Ref, scanner: PercentScanner, args: PercentArguments): Owned {
  let text = '';
  let whole: Ref = 0;
  for (let step = nextStep(rt, scanner); step !== PercentStep.END; step = nextStep(rt, scanner)) {
    if (step === PercentStep.TEXT) {
      text += scanner.text;
      if (scanner.text !== '') whole = 0;
    } else if (step === PercentStep.CONVERT) {
      const m = tempMark(rt);
      const before = text;
      const part = convert(rt, scanner, args);
      text += typeof part === 'string' ? part : strText(rt, part);
      whole = before === '' && typeof part !== 'string' ? part : text === before ? whole : 0;
      if (whole === 0) releaseTemps(rt, m);
    } else takeStep(rt, step, scanner, args);
  }
  args.finish('string');
  if (whole !== 0 && rt.words[whole + ObjectWord.Type] === T.str) return newRef(rt, whole);
  return text === strText(rt, self) ? unchanged(rt, self) : newStr(rt, text);
}

/** The scanner's next step; its faults are raised. */
export function nextStep(rt: Runtime, scanner: PercentScanner): PercentStep {
  try {
    return scanner.next();
  } catch (error) {
    return raiseFault(rt, error);
  }
}

function takeStep(rt: Runtime, step: PercentStep, scanner: PercentScanner, args: PercentArguments): void {
  if (step === PercentStep.KEY) {
    const key = temp(rt, newStr(rt, scanner.key));
    args.keyed = temp(rt, getItem(rt, args.values, key));
    args.useMapping();
  } else takeSize(rt, step, scanner, args);
}

/** Answers a `*`: the width or precision comes from the values. */
export function takeSize(rt: Runtime, step: PercentStep, scanner: PercentScanner, args: PercentArguments): void {
  const value = args.take();
  if (!isInt(rt, value)) typeError(rt, '* wants int');
  const n = isSafeInt(rt, value) ? safeIntValue(rt, value) : Number(bigIntValue(rt, value));
  if (step === PercentStep.WIDTH) {
    if (Math.abs(n) > Number.MAX_SAFE_INTEGER) overflowError(rt, 'Python int too large to convert to C ssize_t');
    scanner.setWidth(n);
  } else {
    if (Math.abs(n) > 0x7fffffff) overflowError(rt, 'Python int too large to convert to C int');
    scanner.setPrecision(n);
  }
}

/** Renders one value: text, or a str (in the temporaries) to be used as it is. */
function convert(rt: Runtime, scanner: PercentScanner, args: PercentArguments): string | Ref {
  const { conversion } = scanner;
  const value = args.take();
  switch (conversion.letter) {
    case 's':
      return cut(rt, temp(rt, str(rt, value)), conversion);
    case 'r':
      return cut(rt, temp(rt, repr(rt, value)), conversion);
    case 'a':
      return cut(rt, temp(rt, asciiRepr(rt, value)), conversion);
    case 'c':
      return guard(rt, () => percentChar(charText(rt, value), conversion));
    default:
      return formatNumber(rt, value, scanner);
  }
}

function cut(rt: Runtime, text: Ref, conversion: Conversion): string | Ref {
  const length = strLength(rt, text);
  const asItIs = conversion.width <= length && (conversion.precision < 0 || conversion.precision >= length);
  return asItIs ? text : guard(rt, () => percentText(strText(rt, text), conversion));
}

/** Renders d, i, u, o, x, X, e, f, g and their like. @runsPython */
export function formatNumber(rt: Runtime, value: Ref, scanner: PercentScanner): string {
  const { conversion } = scanner;
  switch (conversion.letter) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': {
      const n = integerOf(rt, value, conversion.letter);
      return guard(rt, () => percentInt(n, conversion, maxStrDigits(rt)));
    }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const x = toFloat(rt, value);
      return guard(rt, () => percentFloat(x, conversion));
    }
    default:
      return guard(rt, () => scanner.unsupported());
  }
}

/** The number for an integer conversion. d, i and u take any real number, o, x and X only what has `__index__`. */
function integerOf(rt: Runtime, value: Ref, letter: string): number | bigint {
  if (isInt(rt, value)) return intValue(rt, value);
  const needsIndex = letter === 'o' || letter === 'x' || letter === 'X';
  const isNumber =
    slotOf(rt, value, TypeWord.NbIndex) !== 0 ||
    slotOf(rt, value, TypeWord.NbInt) !== 0 ||
    slotOf(rt, value, TypeWord.NbFloat) !== 0;
  const message = needsIndex
    ? `%${letter} format: an integer is required, not ${kindName(rt, value)}`
    : `%${letter} format: a real number is required, not ${kindName(rt, value)}`;
  if (!isNumber || rt.words[value + ObjectWord.Type] === T.complex) typeError(rt, message);
  const m = mark(rt);
  try {
    return intValue(rt, temp(rt, needsIndex ? index(rt, value) : toInt(rt, value)));
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, message);
  }
}

function charText(rt: Runtime, value: Ref): string {
  if (isStr(rt, value)) {
    if (strLength(rt, value) === 1) return strText(rt, value);
    return typeError(rt, '%c requires int or char');
  }
  if (slotOf(rt, value, TypeWord.NbIndex) === 0) typeError(rt, '%c requires int or char');
  const n = intValue(rt, temp(rt, index(rt, value)));
  return percentCharOf(n);
}
