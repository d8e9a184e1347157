import { expect, test } from 'vitest';
import { asciiFromRepr, bytearrayRepr, bytesRepr, strAscii, strRepr } from './repr.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

test('repr of a str prefers single quotes', () => {
  expect(strRepr('')).toBe("''");
  expect(strRepr('abc')).toBe("'abc'");
  expect(strRepr("it's")).toBe('"it\'s"');
  expect(strRepr('say "x"')).toBe('\'say "x"\'');
  expect(strRepr('\'"')).toBe("'\\'\"'");
});

test('repr of a str escapes what is not printable', () => {
  expect(strRepr('a\\b\n\r\t\0\x7f')).toBe("'a\\\\b\\n\\r\\t\\x00\\x7f'");
  expect(strRepr('é\xa0\xad\u2028\ud800\u{1f600}\u{e0001}\u0378')).toBe(
    "'é\\xa0\\xad\\u2028\\ud800\u{1f600}\\U000e0001\\u0378'",
  );
});

test('ascii escapes everything beyond ASCII', () => {
  expect(strAscii("é'\u{1f600}中")).toBe('"\\xe9\'\\U0001f600\\u4e2d"');
  expect(asciiFromRepr('<x é\u{1f600}>')).toBe('<x \\xe9\\U0001f600>');
});

test('repr of bytes and bytearray', () => {
  expect(bytesRepr(bytes(''))).toBe("b''");
  expect(bytesRepr(bytes("a'\\\xff\n"))).toBe('b"a\'\\\\\\xff\\n"');
  expect(bytesRepr(bytes('\'"'))).toBe("b'\\'\"'");
  expect(bytesRepr(bytes('abcdef'), 1, 3)).toBe("b'bc'");
  expect(bytearrayRepr(bytes("a'b"))).toBe('bytearray(b"a\\\'b")');
  expect(bytearrayRepr(bytes('a"b'))).toBe("bytearray(b'a\"b')");
});
