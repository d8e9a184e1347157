import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ValueFault } from '../text/fault.ts';
import { COMPLEX_POWER, floatDivmod, floatFloorDiv, floatMod, floatPow, floatTrueDiv } from './float-math.ts';
import { floatFromHex, floatRepr } from './float-repr.ts';

type Row = [a: string, b: string, floor: string, mod: string, pow: string];
const path = process.env['FLOAT_GOLDENS'] ?? new URL('./fixtures/float-math.json', import.meta.url);
const goldens = JSON.parse(readFileSync(path, 'utf8')) as Row[];

function attempt(action: () => number | typeof COMPLEX_POWER): string {
  try {
    const value = action();
    return value === COMPLEX_POWER ? 'complex' : floatRepr(value);
  } catch (fault) {
    if (!(fault instanceof ValueFault)) throw fault;
    return `${fault.kind}: ${fault.message}`;
  }
}

/** Powers come from the C library there and from the engine here: the last digit may differ. */
function near(a: string, b: string): boolean {
  const [x, y] = [Number(a.replace('inf', 'Infinity')), Number(b.replace('inf', 'Infinity'))];
  return a === b || Math.abs(x - y) <= Math.abs(y) * 2 ** -51;
}

test('division and remainder follow CPython, signs of zero included', () => {
  for (const [a, b, floor, mod] of goldens) {
    const [x, y] = [floatFromHex(a), floatFromHex(b)];
    expect(
      attempt(() => floatFloorDiv(x, y)),
      `${a} // ${b}`,
    ).toBe(floor);
    expect(
      attempt(() => floatMod(x, y)),
      `${a} % ${b}`,
    ).toBe(mod);
    if (y !== 0) expect(floatDivmod(x, y).map(floatRepr)).toEqual([floor, mod]);
  }
});

test('powers follow CPython', () => {
  for (const [a, b, , , pow] of goldens) {
    const power = attempt(() => floatPow(floatFromHex(a), floatFromHex(b)));
    expect(near(power, pow), `${a} ** ${b}: ${power}, not ${pow}`).toBe(true);
  }
});

test('division by zero has its own text for each operator', () => {
  expect(attempt(() => floatTrueDiv(1, 0))).toBe('ZeroDivisionError: float division by zero');
  expect(attempt(() => floatFloorDiv(1, -0))).toBe('ZeroDivisionError: float floor division by zero');
  expect(attempt(() => floatMod(1, 0))).toBe('ZeroDivisionError: float modulo');
  expect(attempt(() => floatDivmod(1, 0)[0])).toBe('ZeroDivisionError: float divmod()');
  expect(floatTrueDiv(1, 4)).toBe(0.25);
});
