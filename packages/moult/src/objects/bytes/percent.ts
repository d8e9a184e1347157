/** `format % values` of bytes and bytearray. */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { caught, clearException, mark, overflowError, pendingMatches, typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { bigIntValue, isSafeInt, safeIntValue } from '../../core/int.ts';
import { Id } from '../../core/names.ts';
import { getItem } from '../../core/protocol/item.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newBytes, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isBytes, isInstance, isTuple, kindName, slotOf } from '../../core/types.ts';
import { ByteBuilder } from '../../text/byte-builder.ts';
import { latin1Bytes, latin1Text } from '../../text/bytes-case.ts';
import { percentFloat, percentText, PercentScanner, PercentStep } from '../../text/percent-format.ts';
import { toFloat } from '../float/convert.ts';
import { asciiRepr } from '../format.ts';
import { formatNumber, nextStep, PercentArguments, takeSize } from '../str/percent.ts';
import { lookupSpecial } from '../type/lookup.ts';
import { bufferOf } from './buffer.ts';
import { dataOf, newLike } from './make.ts';

/** `self % values` @runsPython */
export function bytesRemainder(rt: Runtime, self: Ref, values: Ref): Owned {
  if (!isBytes(rt, self) && !isInstance(rt, self, T.bytearray)) return S.NotImplemented as Ref as Owned;
  const plain =
    isTuple(rt, values) ||
    isBytes(rt, values) ||
    isInstance(rt, values, T.bytearray) ||
    rt.words[values + ObjectWord.Type] === T.str;
  const isMapping = !plain && slotOf(rt, values, TypeWord.MpSubscript) !== 0;
  const m = tempMark(rt);
  const scanner = new PercentScanner(latin1Text(dataOf(rt, self).slice()), isMapping, true);
  const args = new PercentArguments(rt, values, isMapping);
  const result = formatAll(rt, scanner, args);
  return releaseKeeping(rt, m, newLike(rt, self, result));
}

function formatAll(rt: Runtime, scanner: PercentScanner, args: PercentArguments): Uint8Array {
  const builder = new ByteBuilder(64);
  for (let step = nextStep(rt, scanner); step !== PercentStep.END; step = nextStep(rt, scanner)) {
    if (step === PercentStep.TEXT) builder.append(latin1Bytes(scanner.text));
    else if (step === PercentStep.CONVERT) {
      const m = tempMark(rt);
      builder.append(latin1Bytes(convert(rt, scanner, args)));
      releaseTemps(rt, m);
    } else if (step === PercentStep.KEY) {
      const key = temp(rt, newBytes(rt, latin1Bytes(scanner.key)));
      args.keyed = temp(rt, getItem(rt, args.values, key));
      args.useMapping();
    } else takeSize(rt, step, scanner, args);
  }
  args.finish('bytes');
  return builder.finish();
}

function convert(rt: Runtime, scanner: PercentScanner, args: PercentArguments): string {
  const { conversion } = scanner;
  const value = args.take();
  switch (conversion.letter) {
    case 's':
    case 'b':
      return guard(rt, () => percentText(latin1Text(bytesForFormat(rt, value)), conversion));
    case 'r':
    case 'a': {
      const text = temp(rt, asciiRepr(rt, value));
      return guard(rt, () => percentText(strText(rt, text), conversion));
    }
    case 'c':
      return guard(rt, () => percentText(byteText(rt, value), { ...conversion, precision: -1 }));
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const x = realNumber(rt, value);
      return guard(rt, () => percentFloat(x, conversion));
    }
    default:
      return formatNumber(rt, value, scanner);
  }
}

function realNumber(rt: Runtime, value: Ref): number {
  const m = mark(rt);
  try {
    return toFloat(rt, value);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, `float argument required, not ${kindName(rt, value)}`);
  }
}

function bytesForFormat(rt: Runtime, value: Ref): Uint8Array {
  const data = bufferOf(rt, value);
  if (data !== null && rt.words[value + ObjectWord.Type] !== T.memoryview) return data.slice();
  const method = lookupSpecial(rt, value, Id.__bytes__);
  if (method !== 0) {
    temp(rt, method);
    const result = call0(rt, method);
    decref(rt, untemp(rt, method));
    temp(rt, result);
    if (!isBytes(rt, result)) typeError(rt, `__bytes__ returned non-bytes (type ${kindName(rt, result)})`);
    return dataOf(rt, result);
  }
  if (data !== null) return data.slice();
  return typeError(
    rt,
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${kindName(rt, value)}'`,
  );
}

function byteText(rt: Runtime, value: Ref): string {
  const data = isBytes(rt, value) || isInstance(rt, value, T.bytearray) ? dataOf(rt, value) : null;
  if (data !== null && data.length === 1) return latin1Text(data);
  if (data !== null || slotOf(rt, value, TypeWord.NbIndex) === 0) {
    typeError(rt, '%c requires an integer in range(256) or a single byte');
  }
  const i = temp(rt, index(rt, value));
  const code = isSafeInt(rt, i) ? safeIntValue(rt, i) : Number(bigIntValue(rt, i));
  if (code < 0 || code > 255) overflowError(rt, '%c arg not in range(256)');
  return String.fromCharCode(code);
}
