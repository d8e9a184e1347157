import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ValueFault } from '../text/fault.ts';
import { complexFromStr, complexRepr } from './complex-text.ts';
import { floatFromStr } from './float-parse.ts';
import * as floats from './float-repr.ts';
import { intFromBytes, intToBytes } from './int-bytes.ts';
import { compareIntFloat, intToFloat, intTrueDiv } from './int-float.ts';
import { intToDecimal } from './int-format.ts';
import * as ints from './int-math.ts';
import { intFromStr } from './int-parse.ts';

type Row = (string | number)[];
const path = process.env['NUMBER_GOLDENS'] ?? new URL('./fixtures/numbers.json', import.meta.url);
const goldens = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Row[]>;

function attempt(action: () => string | number | bigint): string {
  try {
    return String(action());
  } catch (fault) {
    if (!(fault instanceof ValueFault)) throw fault;
    return `${fault.kind}: ${fault.message}`;
  }
}

/** Reads float.hex text without the functions under test. */
function double(text: string): number {
  const [, sign, lead, fraction, power] = /^(-?)0x([01])\.([0-9a-f]+)p([+-]\d+)$/.exec(text)!;
  const bits = parseInt(lead! + fraction!, 16);
  const low = Number(power) - 4 * fraction!.length;
  const value = low < -1000 ? bits * 2 ** -1000 * 2 ** (low + 1000) : bits * 2 ** low;
  return sign === '-' ? -value : value;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('floats answer as in CPython 3.12', () => {
  test('repr and hex', () => {
    for (const [x, text] of goldens['reprs'] as [string, string][]) {
      expect(floats.floatRepr(double(x))).toBe(text);
      expect(floats.floatHex(double(x))).toBe(x);
      expect(Object.is(floats.floatFromHex(x), double(x)), x).toBe(true);
      expect(Object.is(floatFromStr(text), double(x)), text).toBe(true);
    }
    expect(floats.floatRepr(NaN) + floats.floatRepr(Infinity) + floats.floatRepr(-Infinity)).toBe('naninf-inf');
  });

  test('fromhex', () => {
    for (const [text, answer] of goldens['fromhex'] as [string, string][]) {
      expect(
        attempt(() => floats.floatRepr(floats.floatFromHex(text))),
        text,
      ).toBe(answer);
    }
  });

  test('integer ratio', () => {
    for (const [x, top, bottom] of goldens['ratios'] as [string, string, string][]) {
      expect(floats.floatAsIntegerRatio(double(x)).map(String)).toEqual([top, bottom]);
    }
  });

  test('rounding to places is exact, ties to even', () => {
    for (const [x, places, answer] of goldens['rounds'] as [string, number, string][]) {
      expect(
        attempt(() => floats.floatRepr(floats.floatRound(double(x), places))),
        `${x} ${places}`,
      ).toBe(answer);
    }
  });

  test('rounding and truncating to int', () => {
    for (const [x, rounded, truncated] of goldens['integrals'] as [string, string, string][]) {
      expect(String(BigInt(floats.floatRoundToIntegral(double(x))))).toBe(rounded);
      expect(String(floats.floatToBigInt(double(x)))).toBe(truncated);
    }
  });

  test('parsing, also half way between two floats', () => {
    for (const [text, answer] of goldens['floatparse'] as [string, string][]) {
      expect(attempt(() => floats.floatRepr(floatFromStr(text)))).toBe(answer);
    }
  });

  test('complex parsing and repr', () => {
    for (const [text, answer] of goldens['complexparse'] as [string, string][]) {
      expect(
        attempt(() => complexRepr(...complexFromStr(text))),
        text,
      ).toBe(answer);
    }
    for (const [a, b, text] of goldens['complexrepr'] as [string, string, string][]) {
      expect(complexRepr(double(a), double(b))).toBe(text);
    }
  });
});

describe('the number of digits of an int', () => {
  test('does not depend on the guess, at each power of two', () => {
    for (let bits = 1; bits < 1500; bits += 7) {
      for (const value of [
        (1n << BigInt(bits)) - 1n,
        1n << BigInt(bits),
        -(1n << BigInt(bits)),
        -(1n << BigInt(bits)) - 1n,
      ]) {
        const digits = Math.ceil((value < 0n ? -value : value).toString(2).length / 30);
        const guesses = [0, digits - 1, digits, digits + 8, digits + 9, 2 * digits];
        expect([ints.intDigitCount(value), ...guesses.map((about) => ints.intDigitCountNear(value, about))]).toEqual(
          Array.from({ length: 7 }, () => digits),
        );
      }
    }
  });
});

describe('ints answer as in CPython 3.12', () => {
  test('parsing', () => {
    for (const [text, base, answer] of goldens['intparse'] as [string, number, string][]) {
      expect(
        attempt(() => intFromStr(text, base)),
        `${text} ${base}`,
      ).toBe(answer);
    }
  });

  test('the digit limit', () => {
    const long = '1'.repeat(4301);
    expect(attempt(() => intFromStr(long))).toBe(
      'ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; ' +
        'use sys.set_int_max_str_digits() to increase the limit',
    );
    expect(attempt(() => intFromStr(long + 'x'))).toBe(
      `ValueError: invalid literal for int() with base 10: '${'1'.repeat(199)}`,
    );
    expect(intFromStr(long, 16)).toBe(BigInt('0x' + long));
    expect(intFromStr(long, 10, 0)).toBe(BigInt(long));
    expect(attempt(() => intToDecimal(BigInt(long)))).toBe(
      'ValueError: Exceeds the limit (4300 digits) for integer string conversion; ' +
        'use sys.set_int_max_str_digits() to increase the limit',
    );
    expect(intToDecimal(-BigInt('1'.repeat(4300)))).toBe('-' + '1'.repeat(4300));
    expect(attempt(() => intToDecimal(1n << 100000n))).toContain('Exceeds the limit');
  });

  test('arithmetic', () => {
    for (const row of goldens['ints']!) {
      const a = BigInt(row[0]!);
      const b = BigInt(row[1]!);
      const magnitude = a < 0n ? -a : a;
      const shift = ints.intMod(b, 70n);
      const answers = [
        attempt(() => ints.intFloorDiv(a, b)),
        attempt(() => ints.intMod(a, b)),
        attempt(() => floats.floatRepr(intTrueDiv(a, b))),
        ints.intBitLength(a),
        ints.intBitCount(a),
        String(ints.intSqrt(magnitude)),
        String(ints.intGcd(a, b)),
        ints.intSizeof(a),
        attempt(() => ints.intPowMod(a, ints.intMod(b, 1000n), 12345n - b)),
        attempt(() => ints.intPowMod(a, -3n, b)),
        String(ints.intShiftRight(a, shift)),
        String(ints.intShiftLeft(a, shift)),
        attempt(() => floats.floatRepr(intToFloat(a))),
        String(ints.intRound(a, Number(ints.intMod(b, 9n)))),
      ];
      expect(answers, `${a} ${b}`).toEqual(row.slice(2));
    }
  });

  test('long divisors give the quotient that the engine gives', () => {
    const digits = (n: bigint): number => ints.intDigitCount(n);
    let seed = 12345n;
    const random = (bits: number): bigint => {
      let n = 1n;
      for (let i = 0; i < bits; i += 30) n = (n << 30n) | (seed = (seed * 1103515245n + 12345n) & 0x3fffffffn);
      return n;
    };
    for (let i = 0; i < 300; i++) {
      const b = random(3600 + (i % 7) * 400);
      const k = random((i * 37) % 900);
      // Also where the estimate is closest to the next quotient.
      for (const a of [b * k + random(3000), b * k, b * k - 1n, b - 1n, b, random(60)]) {
        for (const [x, y] of [
          [a, b],
          [-a, b],
          [a, -b],
          [-a, -b],
        ] as const) {
          const [quotient, rest] = ints.intDivmod(x, y, digits(x), digits(y));
          expect(quotient * y + rest).toBe(x);
          expect(rest === 0n || rest < 0n === y < 0n).toBe(true);
          expect(rest < 0n ? rest > y : rest < (y < 0n ? -y : y)).toBe(true);
          expect(ints.intFloorDiv(x, y, digits(x), digits(y))).toBe(quotient);
          expect(ints.intMod(x, y, digits(x), digits(y))).toBe(rest);
        }
      }
    }
  });

  test('comparison with a float is exact', () => {
    for (const [a, x, sign] of goldens['compares'] as [string, string, number][]) {
      expect(compareIntFloat(BigInt(a), double(x)), `${a} ${x}`).toBe(sign);
    }
    expect(compareIntFloat(2n ** 5000n, Infinity)).toBe(-1);
  });

  test('to_bytes and from_bytes', () => {
    for (const [a, n, unsigned, signed] of goldens['bytes'] as [string, number, string, string][]) {
      const value = BigInt(a);
      expect(attempt(() => hex(intToBytes(value, n, false, false)))).toBe(unsigned);
      expect(attempt(() => hex(intToBytes(value, n, true, true)))).toBe(signed);
      if (!signed.includes('Error') && n > 0)
        expect(intFromBytes(intToBytes(value, n, true, true), true, true)).toBe(value);
    }
  });

  test('limits of shifts and powers', () => {
    expect(attempt(() => ints.intShiftLeft(1n, -1n))).toBe('ValueError: negative shift count');
    expect(attempt(() => ints.intShiftLeft(1n, 1n << 69n))).toBe('OverflowError: too many digits in integer');
    expect(attempt(() => ints.intShiftLeft(1n, 1n << 62n))).toBe('MemoryError: ');
    expect(ints.intShiftLeft(0n, 1n << 70n)).toBe(0n);
    expect(ints.intShiftRight(-1n, 1n << 70n)).toBe(-1n);
    expect(attempt(() => ints.intPow(3n, 1n << 40n))).toBe('MemoryError: ');
  });
});
