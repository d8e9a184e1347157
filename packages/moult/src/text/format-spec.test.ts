import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ValueFault } from './fault.ts';
import { formatComplex, formatFloatSpec, formatInt, formatStr } from './format-spec.ts';
import { floatFromHex } from '../numeric/float-repr.ts';

const path = process.env['FORMAT_GOLDENS'] ?? new URL('./fixtures/format.json', import.meta.url);
const goldens = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string[][]>;

function attempt(action: () => string): string {
  try {
    return action();
  } catch (fault) {
    if (!(fault instanceof ValueFault)) throw fault;
    return `${fault.kind}: ${fault.message}`;
  }
}

const int = (text: string): number | bigint => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));

describe('specifications act as in CPython 3.12', () => {
  test('on str', () => {
    for (const [value, spec, answer] of goldens['str']!) {
      expect(
        attempt(() => formatStr(value!, spec!)),
        `${value} ${spec}`,
      ).toBe(answer);
    }
  });

  test('on int', () => {
    for (const [value, spec, answer] of goldens['int']!) {
      expect(
        attempt(() => formatInt(int(value!), spec!)),
        `${value} ${spec}`,
      ).toBe(answer);
    }
  });

  test('on float', () => {
    for (const [value, spec, answer] of goldens['float']!) {
      expect(
        attempt(() => formatFloatSpec(floatFromHex(value!), spec!)),
        `${value} ${spec}`,
      ).toBe(answer);
    }
  });

  test('on complex', () => {
    for (const [real, imag, spec, answer] of goldens['complex']!) {
      const shown = attempt(() => formatComplex(floatFromHex(real!), floatFromHex(imag!), spec!));
      expect(shown, `${real} ${imag} ${spec}`).toBe(answer);
    }
  });
});

test('errors name what is wrong', () => {
  const cases: [string, string][] = [
    [',,', "ValueError: Cannot specify ',' with ','."],
    ['__', "ValueError: Cannot specify '_' with '_'."],
    [',_', "ValueError: Cannot specify both ',' and '_'."],
    ['_,', "ValueError: Cannot specify both ',' and '_'."],
    ['.3,', "ValueError: Unknown format code ',' for object of type 'str'"],
    ['.', 'ValueError: Format specifier missing precision'],
    ['99999999999999999999', 'ValueError: Too many decimal digits in format string'],
    ['9223372036854775807', 'MemoryError: '],
    ['5s5', "ValueError: Invalid format specifier '5s5' for object of type 'str'"],
    ['\x01', "ValueError: Unknown format code '\\x1' for object of type 'str'"],
    ['-z#010,.3s', "ValueError: Cannot specify ',' with 's'."],
  ];
  for (const [spec, message] of cases)
    expect(
      attempt(() => formatStr('abc', spec)),
      spec,
    ).toBe(message);
});

test('many digits are exact', () => {
  expect(formatFloatSpec(1234567.891, '.25f')).toBe('1234567.8910000000614672899246216');
  expect(formatFloatSpec(0.1, '.120f')).toBe(
    '0.100000000000000005551115123125782702118158340454101562500000000000000000000000000000000000000000000000000000000000000000',
  );
  expect(formatFloatSpec(1e300, '.2f').length).toBe(304);
});
