import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ValueFault } from './fault.ts';
import {
  percentChar,
  percentCharOf,
  percentFloat,
  percentInt,
  percentText,
  PercentScanner,
  PercentStep,
} from './percent-format.ts';
import { strAscii, strRepr } from './repr.ts';
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

type Value = string | number | bigint;

function render(scanner: PercentScanner, value: Value): string {
  const { conversion } = scanner;
  const { letter } = conversion;
  if (letter === 's') return percentText(String(value), conversion);
  if (letter === 'r') return percentText(strRepr(String(value)), conversion);
  if (letter === 'a') return percentText(strAscii(String(value)), conversion);
  if (letter === 'c' && typeof value !== 'string') return percentChar(percentCharOf(value), conversion);
  if (letter === 'c') {
    if ([...(value as string)].length !== 1) throw new ValueFault('TypeError', '%c requires int or char');
    return percentChar(value as string, conversion);
  }
  if ('diouxX'.includes(letter)) return percentInt(value as number, conversion);
  if ('eEfFgG'.includes(letter)) return percentFloat(value as number, conversion);
  return scanner.unsupported();
}

/** Formats plain values the way the callers do, with a Map as the mapping. */
function format(text: string, values: Value[] | Map<string, Value>, ofBytes = false): string {
  const scanner = new PercentScanner(text, values instanceof Map, ofBytes);
  const rest = values instanceof Map ? [] : [...values];
  const take = (): Value => rest.shift() ?? fail('not enough arguments for format string');
  const fail = (message: string): never => {
    throw new ValueFault('TypeError', message);
  };
  let result = '';
  for (;;) {
    switch (scanner.next()) {
      case PercentStep.END:
        return rest.length > 0 ? fail('not all arguments converted during string formatting') : result;
      case PercentStep.TEXT:
        result += scanner.text;
        break;
      case PercentStep.KEY:
        rest.unshift((values as Map<string, Value>).get(scanner.key)!);
        break;
      case PercentStep.WIDTH:
        scanner.setWidth(Number(take()));
        break;
      case PercentStep.PRECISION:
        scanner.setPrecision(Number(take()));
        break;
      case PercentStep.CONVERT:
        result += render(scanner, take());
    }
  }
}

describe('conversions act as in CPython 3.12', () => {
  test('of ints', () => {
    for (const [value, spec, answer] of goldens['percent int']!) {
      const int = Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value!);
      expect(
        attempt(() => format(spec!, [int])),
        `${value} ${spec}`,
      ).toBe(answer);
    }
  });

  test('of floats', () => {
    for (const [value, spec, answer] of goldens['percent float']!) {
      expect(
        attempt(() => format(spec!, [floatFromHex(value!)])),
        `${value} ${spec}`,
      ).toBe(answer);
    }
  });

  test('of strings', () => {
    for (const [value, spec, answer] of goldens['percent str']!) {
      expect(
        attempt(() => format(spec!, [value!])),
        `${value} ${spec}`,
      ).toBe(answer);
    }
  });
});

test('keys, stars and doubled percent signs', () => {
  expect(
    format(
      '%(a)s-%(b(c))5d%%',
      new Map<string, Value>([
        ['a', 'x'],
        ['b(c)', 3],
      ]),
    ),
  ).toBe('x-    3%');
  expect(format('%*d|%-*d|%.*f|%*d', [5, 3, 5, 3, 2, 3.14159, -5, 3])).toBe('    3|3    |3.14|3    ');
  expect(format('%.*s', [-1, 'abc'])).toBe('');
});

test('malformed formats are reported after what precedes them', () => {
  const cases: [string, Value[], string][] = [
    ['%', [1], 'ValueError: incomplete format'],
    ['%s%', [1], 'ValueError: incomplete format'],
    ['%*', [1], 'ValueError: incomplete format'],
    ['%5.', [1], 'ValueError: incomplete format'],
    ['%5%', [], 'TypeError: not enough arguments for format string'],
    ['%5%', [1], "ValueError: unsupported format character '%' (0x25) at index 2"],
    ['😀%lld', [1], "ValueError: unsupported format character 'l' (0x6c) at index 3"],
    ['%é', [1], "ValueError: unsupported format character '?' (0xe9) at index 1"],
    ['%(a)s', [1], 'TypeError: format requires a mapping'],
    ['%99999999999999999999d', [1], 'ValueError: width too big'],
    ['%.2147483648d', [1], 'ValueError: precision too big'],
    ['%9223372036854770000d', [1], 'MemoryError: '],
    ['%s', [1, 2], 'TypeError: not all arguments converted during string formatting'],
  ];
  for (const [text, values, message] of cases)
    expect(
      attempt(() => format(text, values)),
      text,
    ).toBe(message);
  expect(attempt(() => format('%(a', new Map()))).toBe('ValueError: incomplete format key');
  expect(attempt(() => format('%.9999999999d', [1], true))).toBe('ValueError: prec too big');
});
