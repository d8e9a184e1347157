/** UTF-7: printable ASCII as it is, the rest as UTF-16 in base64 between '+' and '-'.
 *
 *  Words: a *shift* is such a part; its *bits* are those of base64 digits that make no whole unit yet.
 *  Source: CPython 3.12 unicodeobject.c PyUnicode_DecodeUTF7Stateful, _PyUnicode_EncodeUTF7. */

import { decodeFault, decodeHandler, type DecodeHandler } from './codec-errors.ts';
import type { Decoded } from './decode.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What needs no shift, beside letters and digits. */
const DIRECT = new Set('\'(),-./:? \t\n\r!"#$%&*;<=>@[]^_`{|}');

const isDigit = (char: string): boolean => /[A-Za-z0-9+/]/.test(char);
const isDirect = (char: string): boolean => /[A-Za-z0-9]/.test(char) || DIRECT.has(char);
const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** `text.encode('utf-7')`, as text of ASCII characters. Nothing fails. */
export function encodeUtf7(text: string): string {
  let result = '';
  let shift = false;
  let bits = 0;
  let buffer = 0;
  for (const char of text.split('')) {
    const direct = isDirect(char);
    if (shift && direct) {
      if (bits > 0) result += DIGITS[(buffer << (6 - bits)) & 63]!;
      bits = buffer = 0;
      shift = false;
      if (isDigit(char) || char === '-') result += '-';
    }
    if (direct) result += char;
    else if (!shift && char === '+') result += '+-';
    else {
      if (!shift) result += '+';
      shift = true;
      buffer = (buffer << 16) | char.charCodeAt(0);
      for (bits += 16; bits >= 6; bits -= 6) result += DIGITS[(buffer >>> (bits - 6)) & 63]!;
      buffer &= (1 << bits) - 1;
    }
  }
  if (bits > 0) result += DIGITS[(buffer << (6 - bits)) & 63]!;
  return shift ? `${result}-` : result;
}

/** Decodes UTF-7. Unless `final`, a shift that is not closed is left. Throws UnicodeFault, and what the handler throws. */
export function decodeUtf7(data: Uint8Array, errors: string | DecodeHandler, final: boolean): Decoded {
  return new Utf7Decoder(data, errors).decode(final);
}

class Utf7Decoder {
  private text = '';
  private at = 0;
  /** Where the shift or the error began. */
  private start = 0;
  private shift = false;
  /** Length of the text when the shift began. */
  private shiftText = 0;
  private bits = 0;
  private buffer = 0;
  /** A high surrogate that waits for a low one. */
  private surrogate = 0;

  constructor(
    private readonly data: Uint8Array,
    private readonly errors: string | DecodeHandler,
  ) {}

  decode(final: boolean): Decoded {
    const { data } = this;
    for (;;) {
      while (this.at < data.length) this.step(String.fromCharCode(data[this.at]!));
      if (!this.shift || !final) break;
      this.shift = false;
      if (this.surrogate === 0 && this.bits < 6 && this.buffer === 0) break;
      this.fail('unterminated shift sequence');
    }
    if (!this.shift) return { text: this.text, consumed: this.at };
    return { text: this.text.slice(0, this.shiftText), consumed: this.start };
  }

  private step(char: string): void {
    if (this.shift && isDigit(char)) this.digit(char);
    else if (this.shift) this.leave(char);
    else if (char === '+') this.enter();
    else if (char < '\x80') {
      this.at++;
      this.text += char;
    } else {
      this.start = this.at++;
      this.fail('unexpected special character');
    }
  }

  private enter(): void {
    this.start = this.at++;
    const next = String.fromCharCode(this.data[this.at] ?? 65);
    if (next === '-') {
      this.at++;
      this.text += '+';
    } else if (!isDigit(next)) {
      this.at++;
      this.fail('ill-formed sequence');
    } else {
      this.shift = true;
      this.shiftText = this.text.length;
      this.surrogate = this.bits = this.buffer = 0;
    }
  }

  private digit(char: string): void {
    this.at++;
    this.buffer = (this.buffer << 6) | DIGITS.indexOf(char);
    this.bits += 6;
    if (this.bits < 16) return;
    this.bits -= 16;
    const unit = (this.buffer >>> this.bits) & 0xffff;
    this.buffer &= (1 << this.bits) - 1;
    if (this.surrogate !== 0) this.text += String.fromCharCode(this.surrogate);
    const joins = this.surrogate !== 0 && isLow(unit);
    this.surrogate = !joins && isHigh(unit) ? unit : 0;
    if (this.surrogate === 0) this.text += String.fromCharCode(unit);
  }

  /** Ends a shift at a character that is no digit; '-' is part of it. */
  private leave(char: string): void {
    this.shift = false;
    if (this.bits >= 6 || this.buffer !== 0) {
      this.at++;
      this.fail(this.bits >= 6 ? 'partial character in shift sequence' : 'non-zero padding bits in shift sequence');
      return;
    }
    if (this.surrogate !== 0 && char < '\x80' && char !== '+') this.text += String.fromCharCode(this.surrogate);
    this.surrogate = 0;
    if (char === '-') this.at++;
  }

  private fail(reason: string): void {
    const fault = decodeFault('utf7', this.data, this.start, this.at, reason);
    const { replacement, resume } = decodeHandler(this.errors)(fault, this.data);
    this.text += replacement;
    this.at = resume;
  }
}
