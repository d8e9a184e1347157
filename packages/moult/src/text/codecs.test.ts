import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decode, decodePart, encode, encodingName } from './codecs.ts';
import { UnicodeFault, ValueFault } from './fault.ts';

type Answer = string | (string | number)[];
type Row = [string, string, string, Answer];
const path = process.env['CODEC_GOLDENS'] ?? new URL('./fixtures/codecs.json', import.meta.url);
const goldens = JSON.parse(readFileSync(path, 'utf8')) as { encode: Row[]; decode: Row[] };

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

function attempt(action: () => string): Answer {
  try {
    return action();
  } catch (fault) {
    if (fault instanceof UnicodeFault) {
      return [fault.kind, fault.message, fault.encoding, fault.start, fault.end, fault.reason];
    }
    if (fault instanceof ValueFault) return [fault.kind, fault.message];
    throw fault;
  }
}

describe('codecs act as in CPython 3.12', () => {
  test('encoding', () => {
    for (const [text, encoding, errors, answer] of goldens.encode) {
      expect(
        attempt(() => hex(encode(text, encoding, errors))),
        JSON.stringify([text, encoding, errors]),
      ).toEqual(answer);
    }
  });

  test('decoding', () => {
    for (const [data, encoding, errors, answer] of goldens.decode) {
      expect(
        attempt(() => decode(bytes(data), encoding, errors)),
        `${data} ${encoding} ${errors}`,
      ).toEqual(answer);
    }
  });
});

test('names of encodings are read as CPython reads them', () => {
  const names = [
    'UTF8',
    'utf 8',
    '  utf-8',
    'utf--8',
    'U8',
    'ISO-8859-1',
    'iso 8859 1',
    'latin 1',
    'us-ascii',
    'ansi_x3.4_1968',
  ];
  expect(names.map(encodingName)).toEqual([
    ...['utf-8', 'utf-8', 'utf-8', 'utf-8', 'utf-8', 'latin-1', 'latin-1', 'latin-1', 'ascii', 'ascii'],
  ]);
  expect(attempt(() => hex(encode('', 'nope')))).toEqual(['LookupError', 'unknown encoding: nope']);
});

test('a character cut off at the end waits for the rest', () => {
  expect(decodePart(bytes('61e282'), 'utf-8')).toEqual({ text: 'a', consumed: 1 });
  expect(decodePart(bytes('61003dd800'), 'utf-16-le')).toEqual({ text: 'a', consumed: 2 });
  expect(decodePart(bytes('610000'), 'utf-32-le')).toEqual({ text: '', consumed: 0 });
  expect(attempt(() => decodePart(bytes('61e228'), 'utf-8').text)[0]).toBe('UnicodeDecodeError');
});

test('namereplace asks for names', () => {
  const nameOf = (cp: number): string | undefined => (cp === 0xe9 ? 'LATIN SMALL LETTER E WITH ACUTE' : undefined);
  expect(hex(encode('é\u0378', 'ascii', 'namereplace', nameOf))).toBe(
    Buffer.from('\\N{LATIN SMALL LETTER E WITH ACUTE}\\u0378').toString('hex'),
  );
});

test('a handler of the caller gets the range and says where to go on', () => {
  const seen: [number, number][] = [];
  const result = encode('aéèb', 'ascii', (fault) => {
    seen.push([fault.start, fault.end]);
    return { replacement: '_', resume: fault.start + 1 };
  });
  expect(Buffer.from(result).toString()).toBe('a__b');
  expect(seen).toEqual([
    [1, 3],
    [2, 3],
  ]);
  expect(decode(bytes('61ff62'), 'utf-8', (fault) => ({ replacement: '<>', resume: fault.end }))).toBe('a<>b');
});
