import { describe, expect, test } from 'vitest';
import { ValueFault } from './fault.ts';
import { checkDepth, conversionError, FieldNumbers, FieldPath, FormatScanner } from './format-string.ts';
import { formatInt, formatStr } from './format-spec.ts';
import { strRepr } from './repr.ts';

type Value = number | string | Value[] | { [key: string]: Value };

function attempt(action: () => string): string {
  try {
    return action();
  } catch (fault) {
    if (!(fault instanceof ValueFault)) throw fault;
    return `${fault.kind}: ${fault.message}`;
  }
}

const shown = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Formats plain values the way the callers do. */
function format(text: string, args: Value[], numbers = new FieldNumbers(), depth = 2): string {
  checkDepth(depth);
  const scanner = new FormatScanner(text);
  let result = '';
  while (scanner.next()) {
    result += scanner.literal;
    if (!scanner.present) continue;
    let value = lookUp(scanner.name, args, numbers);
    if (scanner.conversion === 'r') value = strRepr(shown(value));
    else if (scanner.conversion === 's') value = shown(value);
    else if (scanner.conversion !== '') conversionError(scanner.conversion);
    const spec = scanner.specNested ? format(scanner.spec, args, numbers, depth - 1) : scanner.spec;
    result += typeof value === 'number' ? formatInt(value, spec) : formatStr(shown(value), spec);
  }
  return result;
}

function lookUp(name: string, args: Value[], numbers: FieldNumbers): Value {
  const path = new FieldPath(name);
  const first = numbers.resolve(path.first);
  if (typeof first === 'string') throw new ValueFault('KeyError', strRepr(first));
  let value = args[first]!;
  while (path.next()) value = (value as Record<string | number, Value>)[path.key]!;
  return value;
}

describe('fields', () => {
  test('are found, numbered and formatted as in CPython', () => {
    const cases: [string, Value[], string][] = [
      ['{{}}', [], '{}'],
      ['{:{}}', [1, 5], '    1'],
      ['{0:{1}}', [1, 5], '    1'],
      ['{!r:>5}', ['a'], "  'a'"],
      ['{0:>{1}.{2}}', ['abc', 5, 2], '   ab'],
      ['{[0]}', [[7]], '7'],
      ['{0[0][1]}', [[[1, 2]]], '2'],
      ['{0[[]}{0[!]}{0[:]}{0[}]}{0[{]}', [{ '[': 1, '!': 2, ':': 3, '}': 4, '{': 5 }], '12345'],
      ['{0.a[b]}', [{ a: { b: 3 } }], '3'],
      ['{:{}{}}', [1, '>', 5], '    1'],
      ['{0!r:{1!s}}', [1, 5], "'1'  "],
      ['{١}', [1, 2], '2'],
      ['{00}', [1], '1'],
      ['{0:}}}', [1], '1}'],
      ['a{}b{}c', [1, 2], 'a1b2c'],
    ];
    for (const [text, args, answer] of cases)
      expect(
        attempt(() => format(text, args)),
        text,
      ).toBe(answer);
  });

  test('are reported when malformed', () => {
    const cases: [string, Value[], string][] = [
      ['{', [], "ValueError: Single '{' encountered in format string"],
      ['}', [], "ValueError: Single '}' encountered in format string"],
      ['x}y', [], "ValueError: Single '}' encountered in format string"],
      ['{0', [1], "ValueError: expected '}' before end of string"],
      ['{0!', [1], 'ValueError: end of string while looking for conversion specifier'],
      ['{0!}', [1], "ValueError: unmatched '{' in format spec"],
      ['{0!r', [1], "ValueError: unmatched '{' in format spec"],
      ['{0!rx}', [1], "ValueError: expected ':' after conversion specifier"],
      ['{0!x}', [1], 'ValueError: Unknown conversion specifier x'],
      ['{0!}}', [1], 'ValueError: Unknown conversion specifier }'],
      ['{0!é}', [1], 'ValueError: Unknown conversion specifier \\xe9'],
      ['{0:{', [1], "ValueError: unmatched '{' in format spec"],
      ['{0:{}}', [1, 5], 'ValueError: cannot switch from manual field specification to automatic field numbering'],
      ['{}{0}', [1], 'ValueError: cannot switch from automatic field numbering to manual field specification'],
      ['{0[}', [[1]], "ValueError: expected '}' before end of string"],
      ['{0[]}', [[1]], 'ValueError: Empty attribute in format string'],
      ['{0.}', [1], 'ValueError: Empty attribute in format string'],
      ['{0[0]x}', [[1]], "ValueError: Only '.' or '[' may follow ']' in format field specifier"],
      ['{99999999999999999999}', [1], 'ValueError: Too many decimal digits in format string'],
      ['{0:{1:{2}}}', [1, 2, 3], 'ValueError: Max string recursion exceeded'],
      ['{a{b}}', [1], "ValueError: unexpected '{' in field name"],
      ['{0 }', [1], "KeyError: '0 '"],
      ['{:{{}}}', [1], "ValueError: Invalid format specifier '{}' for object of type 'int'"],
    ];
    for (const [text, args, answer] of cases)
      expect(
        attempt(() => format(text, args)),
        text,
      ).toBe(answer);
  });
});

test('a path without its closing bracket is reported', () => {
  const path = new FieldPath('a[');
  expect(path.first).toBe('a');
  expect(attempt(() => String(path.next()))).toBe("ValueError: Missing ']' in format string");
});
