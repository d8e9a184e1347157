import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as unicode from './unicode.ts';
import * as cases from './unicode-case.ts';

interface Goldens {
  digests: Record<string, string>;
  predicates: Record<string, [string, boolean][]>;
  mappings: Record<string, [string, string][]>;
}

const goldens = JSON.parse(readFileSync(new URL('./fixtures/unicode.json', import.meta.url), 'utf8')) as Goldens;

/** FNV-1a over the UTF-16 units of the strings, as the golden script computes it. */
class Digest {
  state = 0x811c9dc5 | 0;
  add(text: string): void {
    for (let i = 0; i < text.length; i++) this.state = Math.imul(this.state ^ text.charCodeAt(i), 0x01000193);
  }
}

function digestAll(answer: (char: string, cp: number) => string): string {
  const digest = new Digest();
  for (let cp = 0; cp < 0x110000; cp++) digest.add(answer(String.fromCodePoint(cp), cp));
  return (digest.state >>> 0).toString(16);
}

const predicates: Record<string, (text: string) => boolean> = {
  isalpha: unicode.isAlpha,
  isdecimal: unicode.isDecimal,
  isdigit: unicode.isDigit,
  isnumeric: unicode.isNumeric,
  isalnum: unicode.isAlnum,
  isspace: unicode.isSpace,
  isupper: unicode.isUpper,
  islower: unicode.isLower,
  istitle: unicode.isTitle,
  isidentifier: unicode.isIdentifier,
  isprintable: unicode.isPrintable,
};

const mappings: Record<string, (text: string) => string> = {
  upper: cases.upper,
  lower: cases.lower,
  title: cases.title,
  capitalize: cases.capitalize,
  swapcase: cases.swapcase,
  casefold: cases.casefold,
};

describe('every code point answers as in CPython 3.12', () => {
  for (const [name, test_] of Object.entries(predicates)) {
    test(name, () => expect(digestAll((char) => (test_(char) ? '1' : '0'))).toBe(goldens.digests[name]));
  }
  for (const [name, map] of Object.entries(mappings)) {
    test(name, () => expect(digestAll(map)).toBe(goldens.digests[name]));
  }
  test('identifier parts', () => {
    expect(digestAll((char) => (unicode.isIdentifier('a' + char) ? '1' : '0'))).toBe(goldens.digests['part']);
  });
  test('digit values', () => {
    expect(digestAll((_, cp) => String(unicode.digitValue(cp)))).toBe(goldens.digests['digit']);
    expect(digestAll((_, cp) => String(unicode.decimalValue(cp)))).toBe(goldens.digests['decimal']);
  });
  test('what may stand beside a final sigma', () => {
    expect(digestAll((char) => cases.lower('aΣ' + char + 'b'))).toBe(goldens.digests['sigma after']);
    expect(digestAll((char) => cases.lower(char + 'Σ'))).toBe(goldens.digests['sigma before']);
  });
});

describe('strings answer as in CPython 3.12', () => {
  test('predicates', () => {
    for (const [name, rows] of Object.entries(goldens.predicates)) {
      for (const [text, answer] of rows) expect(predicates[name]!(text), `${name} ${text}`).toBe(answer);
    }
  });
  test('mappings', () => {
    for (const [name, rows] of Object.entries(goldens.mappings)) {
      for (const [text, answer] of rows) expect(mappings[name]!(text), `${name} ${text}`).toBe(answer);
    }
  });
});
