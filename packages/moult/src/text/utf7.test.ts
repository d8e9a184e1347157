import { describe, expect, test } from 'vitest';
import { UnicodeFault } from './fault.ts';
import { decodeUtf7, encodeUtf7 } from './utf7.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const decode = (text: string, errors = 'strict', final = true) => decodeUtf7(bytes(text), errors, final);

function faultOf(text: string): string {
  try {
    decode(text);
  } catch (error) {
    if (error instanceof UnicodeFault) return error.message;
    throw error;
  }
  return '';
}

describe('utf-7', () => {
  test('encodes direct characters as they are and the rest in base64', () => {
    expect(['A+B', 'é', 'éa', 'é-', 'é!', '\u{10001}', '~\\\0'].map(encodeUtf7)).toEqual([
      'A+-B',
      '+AOk-',
      '+AOk-a',
      '+AOk--',
      '+AOk!',
      '+2ADcAQ-',
      '+AH4AXAAA-',
    ]);
  });

  test('reads what it writes', () => {
    for (const text of ['', 'a+b-c', '€uro\n', '\u{1f600}x\u{1f600}', '\ud800!', '\udc00']) {
      expect(decode(encodeUtf7(text)).text).toBe(text);
    }
  });

  test('leaves a shift that is not closed', () => {
    expect(decode('a+AGE', 'strict', false)).toEqual({ text: 'a', consumed: 1 });
  });

  test('says what is wrong', () => {
    expect(['+A-', '+AAB-', '+@', '\x80', '+AG'].map(faultOf)).toEqual([
      "'utf7' codec can't decode bytes in position 0-2: partial character in shift sequence",
      "'utf7' codec can't decode bytes in position 0-4: non-zero padding bits in shift sequence",
      "'utf7' codec can't decode bytes in position 0-1: ill-formed sequence",
      "'utf7' codec can't decode byte 0x80 in position 0: unexpected special character",
      "'utf7' codec can't decode bytes in position 0-2: unterminated shift sequence",
    ]);
  });

  test('goes on behind what is ignored', () => {
    expect(decode('+AGE\xff-b', 'ignore').text).toBe('a-b');
  });
});
