/** Number tokens: which characters belong to one, and what may not follow it. */

import { Ch, isDigit, isHexDigit, isIdentifierPart } from './chars.ts';
import { Scanner } from './scanner.ts';
import { T } from './token.ts';

const OLD_OCTAL = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
/** Keywords that may directly follow a number in valid code; a warning says that this will end. As in CPython, behind
 *  `if`, `in` and `is` the word may go on. */
const MAY_FOLLOW = /(?:and|else|for|or|not)(?![\w\u0080-\uffff])|i[fns]/y;

export class NumberScanner extends Scanner {
  /** For `tokenize`: whatever follows a number, and leading zeros, are passed over. */
  lenientNumbers = false;

  /** Scans a number that starts with a digit at `start`. */
  protected number(start: number): void {
    const src = this.source;
    if (src.charCodeAt(start) === Ch.Zero) {
      switch (src.charCodeAt(start + 1) | 32) {
        case 0x78:
          return this.radix(start, 16, 'hexadecimal');
        case 0x6f:
          return this.radix(start, 8, 'octal');
        case 0x62:
          return this.radix(start, 2, 'binary');
      }
      return this.zeroNumber(start);
    }
    this.afterDigits(start, this.decimalTail(start + 1));
  }

  /** Scans from behind the point of a number such as `.5`. */
  protected fraction(start: number, pos: number): void {
    this.afterFraction(start, isDigit(this.source.charCodeAt(pos)) ? this.decimalTail(pos) : pos);
  }

  private radix(start: number, base: number, name: string): void {
    const src = this.source;
    let pos = start + 2;
    do {
      if (src.charCodeAt(pos) === Ch.Underscore) pos++;
      if (!this.isDigitOf(base, src.charCodeAt(pos))) this.failRadix(pos, base, name);
      do pos++;
      while (this.isDigitOf(base, src.charCodeAt(pos)));
    } while (src.charCodeAt(pos) === Ch.Underscore);
    if (isDigit(src.charCodeAt(pos))) this.failRadix(pos, base, name);
    this.finish(start, pos, name);
  }

  private isDigitOf(base: number, c: number): boolean {
    return base === 16 ? isHexDigit(c) : c >= Ch.Zero && c < Ch.Zero + base;
  }

  private failRadix(pos: number, base: number, name: string): never {
    const c = this.source.charCodeAt(pos);
    if (base < 10 && isDigit(c))
      return this.fail(`invalid digit '${String.fromCharCode(c)}' in ${name} literal`, pos + 1);
    return this.fail(`invalid ${name} literal`, pos);
  }

  /** `0`, `00`, `0.5`, `0e1`, `09.5`; an integer such as `07` is an error. */
  private zeroNumber(start: number): void {
    const src = this.source;
    let pos = start + 1;
    for (;;) {
      if (src.charCodeAt(pos) === Ch.Underscore && !isDigit(src.charCodeAt(++pos)))
        this.fail('invalid decimal literal', pos);
      if (src.charCodeAt(pos) !== Ch.Zero) break;
      pos++;
    }
    if (!isDigit(src.charCodeAt(pos))) return this.afterDigits(start, pos);
    const zerosEnd = pos + 1;
    pos = this.decimalTail(pos);
    const c = src.charCodeAt(pos);
    if (!this.lenientNumbers && c !== Ch.Dot && (c | 32) !== 0x65 && (c | 32) !== 0x6a) {
      this.failAt(OLD_OCTAL, this.byteCol(start) + 1, this.byteCol(zerosEnd));
    }
    this.afterDigits(start, pos);
  }

  private decimalTail(pos: number): number {
    const src = this.source;
    for (;;) {
      while (isDigit(src.charCodeAt(pos))) pos++;
      if (src.charCodeAt(pos) !== Ch.Underscore) return pos;
      if (!isDigit(src.charCodeAt(++pos))) this.fail('invalid decimal literal', pos);
    }
  }

  private afterDigits(start: number, pos: number): void {
    if (this.source.charCodeAt(pos) === Ch.Dot) return this.fraction(start, pos + 1);
    this.afterFraction(start, pos);
  }

  private afterFraction(start: number, pos: number): void {
    const src = this.source;
    if ((src.charCodeAt(pos) | 32) === 0x65) {
      let digits = pos + 1;
      const sign = src.charCodeAt(digits);
      if (sign === Ch.Plus || sign === Ch.Minus) {
        if (!isDigit(src.charCodeAt(++digits))) this.fail('invalid decimal literal', digits);
      } else if (!isDigit(sign)) {
        return this.finish(start, pos, 'decimal');
      }
      pos = this.decimalTail(digits);
    }
    if ((src.charCodeAt(pos) | 32) === 0x6a) return this.finish(start, pos + 1, 'imaginary');
    this.finish(start, pos, 'decimal');
  }

  private finish(start: number, pos: number, name: string): void {
    const c = this.source.charCodeAt(pos);
    if (!this.lenientNumbers && c !== Ch.Eof && isIdentifierPart(c)) {
      MAY_FOLLOW.lastIndex = pos;
      if (MAY_FOLLOW.test(this.source)) this.warnAt(`invalid ${name} literal`, pos);
      else if (c < 128) this.fail(`invalid ${name} literal`, pos);
    }
    this.push(T.Number, start, pos);
  }
}
