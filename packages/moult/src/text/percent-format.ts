/** The '%' formats of str and bytes: a scanner over the format, and the rendering of each conversion.
 *
 *  CPython takes arguments, runs their `__str__` and reports errors strictly in the order of the format, so the
 *  scanner goes in steps and the caller does in between what each step asks for:
 *
 *    KEY        look `key` up in the mapping; the value is the only argument of this conversion
 *    WIDTH      take an argument, which must be an int, and give it to `setWidth`
 *    PRECISION  likewise for `setPrecision`
 *    CONVERT    take an argument and render it by `conversion`; `unsupported()` for a letter unknown to it
 *
 *  Arguments: a tuple gives its items in turn; anything else is one argument. Not enough: TypeError 'not enough
 *  arguments for format string'; items left over: TypeError 'not all arguments converted during string formatting'
 *  (not if the argument is a mapping). The format of bytes is passed as Latin-1 text. */

import { formatFloat, type FloatCode } from '../numeric/float-format.ts';
import { intToDecimal } from '../numeric/int-format.ts';
import { DEFAULT_MAX_STR_DIGITS } from '../numeric/int-parse.ts';
import { overflowError, typeError, valueError } from './fault.ts';
import { charCount, repeat } from './format-layout.ts';

/** What the scanner came to. */
export const enum PercentStep {
  END,
  TEXT,
  KEY,
  WIDTH,
  PRECISION,
  CONVERT,
}

/** Flags, width (-1: none), precision (-1: none) and letter of one conversion. */
export interface Conversion {
  left: boolean;
  plus: boolean;
  blank: boolean;
  alternate: boolean;
  zero: boolean;
  width: number;
  precision: number;
  letter: string;
}

/** Where the scanner stands within a conversion. */
const enum Stage {
  OUTSIDE,
  FLAGS,
  AFTER_WIDTH,
  AFTER_PRECISION,
}

/** Scans a format. Create one for each use. */
export class PercentScanner {
  /** The literal text of a TEXT step. */
  text = '';
  /** The key of a KEY step. */
  key = '';
  /** The conversion of a CONVERT step. */
  readonly conversion: Conversion = {
    left: false,
    plus: false,
    blank: false,
    alternate: false,
    zero: false,
    width: -1,
    precision: -1,
    letter: '',
  };
  private at = 0;
  private stage: Stage = Stage.OUTSIDE;

  constructor(
    private readonly format: string,
    /** Whether the argument is a mapping: not a tuple, not a str (not bytes either for bytes), but subscriptable. */
    private readonly hasMapping: boolean,
    private readonly ofBytes = false,
  ) {}

  /** Goes on to the next step. Throws ValueError for a malformed format, TypeError for a key without a mapping. */
  next(): PercentStep {
    switch (this.stage) {
      case Stage.OUTSIDE:
        return this.outside();
      case Stage.FLAGS:
        return this.flagsAndWidth();
      case Stage.AFTER_WIDTH:
        return this.precision();
      case Stage.AFTER_PRECISION:
        return this.letter();
    }
  }

  /** Answers a WIDTH step; a negative width means left-justified. */
  setWidth(width: number): void {
    if (width < 0) this.conversion.left = true;
    this.conversion.width = Math.abs(width);
  }

  /** Answers a PRECISION step; a negative one counts as 0. */
  setPrecision(precision: number): void {
    this.conversion.precision = Math.max(precision, 0);
  }

  /** Throws the error for the conversion's letter, which the caller does not know. */
  unsupported(): never {
    const letter = this.conversion.letter;
    const code = letter.codePointAt(0)!;
    if (this.ofBytes && code >= 0x80) overflowError('character argument not in range(0x110000)');
    const shown = this.ofBytes || (code >= 31 && code < 126) ? letter : '?';
    const index = charCount(this.format.slice(0, this.at)) - 1;
    valueError(`unsupported format character '${shown}' (0x${code.toString(16)}) at index ${index}`);
  }

  private outside(): PercentStep {
    const { format, at } = this;
    if (at >= format.length) return PercentStep.END;
    const percent = format.indexOf('%', at);
    if (percent !== at) {
      this.at = percent < 0 ? format.length : percent;
      this.text = format.slice(at, this.at);
      return PercentStep.TEXT;
    }
    if (format[at + 1] === '%') {
      this.text = '%';
      this.at = at + 2;
      return PercentStep.TEXT;
    }
    this.at = at + 1;
    return this.begin();
  }

  /** Clears the conversion and reads a key, if there is one. */
  private begin(): PercentStep {
    const conversion = this.conversion;
    conversion.left = conversion.plus = conversion.blank = conversion.alternate = conversion.zero = false;
    conversion.width = conversion.precision = -1;
    this.stage = Stage.FLAGS;
    if (this.format[this.at] !== '(') return this.flagsAndWidth();
    if (!this.hasMapping) typeError('format requires a mapping');
    const end = this.closingParenthesis();
    this.key = this.format.slice(this.at + 1, end);
    this.at = end + 1;
    return PercentStep.KEY;
  }

  private closingParenthesis(): number {
    let depth = 0;
    for (let i = this.at; i < this.format.length; i++) {
      const char = this.format[i];
      if (char === '(') depth++;
      else if (char === ')' && --depth === 0) return i;
    }
    return valueError('incomplete format key');
  }

  private flagsAndWidth(): PercentStep {
    const conversion = this.conversion;
    for (; ; this.at++) {
      const char = this.format[this.at];
      if (char === '-') conversion.left = true;
      else if (char === '+') conversion.plus = true;
      else if (char === ' ') conversion.blank = true;
      else if (char === '#') conversion.alternate = true;
      else if (char === '0') conversion.zero = true;
      else break;
    }
    this.stage = Stage.AFTER_WIDTH;
    if (this.format[this.at] === '*') {
      this.at++;
      return PercentStep.WIDTH;
    }
    conversion.width = this.number(2 ** 63, 'width too big');
    return this.precision();
  }

  private precision(): PercentStep {
    this.stage = Stage.AFTER_PRECISION;
    if (this.format[this.at] !== '.') return this.letter();
    this.at++;
    if (this.format[this.at] === '*') {
      this.at++;
      return PercentStep.PRECISION;
    }
    this.conversion.precision = Math.max(this.number(2 ** 31, this.ofBytes ? 'prec too big' : 'precision too big'), 0);
    return this.letter();
  }

  /** Reads digits; -1 for none. */
  private number(limit: number, message: string): number {
    const start = this.at;
    while (this.at < this.format.length && isDigit(this.format.charCodeAt(this.at))) this.at++;
    if (this.at === start) return -1;
    const value = Number(this.format.slice(start, this.at));
    return value < limit ? value : valueError(message);
  }

  private letter(): PercentStep {
    const modifier = this.format[this.at];
    if (modifier === 'l' || modifier === 'h' || modifier === 'L') this.at++;
    if (this.at >= this.format.length) valueError('incomplete format');
    this.conversion.letter = String.fromCodePoint(this.format.codePointAt(this.at)!);
    this.at += this.conversion.letter.length;
    this.stage = Stage.OUTSIDE;
    return PercentStep.CONVERT;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Renders d, i, u, o, x or X. Throws ValueError beyond the digit limit. */
export function percentInt(value: number | bigint, conversion: Conversion, maxDigits = DEFAULT_MAX_STR_DIGITS): string {
  const { letter, alternate, precision } = conversion;
  const base = letter === 'x' || letter === 'X' ? 16 : letter === 'o' ? 8 : 10;
  const text = base === 10 ? intToDecimal(value, maxDigits) : value.toString(base);
  const negative = text[0] === '-';
  const digits = negative ? text.slice(1) : text;
  const full = precision > digits.length ? repeat('0', precision - digits.length) + digits : digits;
  const prefix = alternate && base !== 10 ? '0' + letter : '';
  return layOut(conversion, negative, prefix, letter === 'X' ? full.toUpperCase() : full);
}

/** Renders e, E, f, F, g or G. */
export function percentFloat(value: number, conversion: Conversion): string {
  const { letter, alternate, precision } = conversion;
  const lower = letter.toLowerCase();
  const style = { alternate, upper: lower !== letter };
  const text = formatFloat(value, lower as FloatCode, precision < 0 ? 6 : precision, style);
  const negative = text[0] === '-';
  return layOut(conversion, negative, '', negative ? text.slice(1) : text);
}

/** Renders s, r, a (or b of bytes) from the argument's text: cut to the precision, padded with blanks. */
export function percentText(text: string, conversion: Conversion): string {
  const { precision } = conversion;
  const cut = precision >= 0 && precision < text.length ? [...text].slice(0, precision).join('') : text;
  return padBlank(cut, conversion);
}

/** Renders c from one character; the precision does not matter. */
export function percentChar(char: string, conversion: Conversion): string {
  return padBlank(char, conversion);
}

/** The character of an int argument of `%c`. Throws OverflowError. */
export function percentCharOf(value: number | bigint, ofBytes = false): string {
  const limit = ofBytes ? 256 : 0x110000;
  if (value < 0 || value >= limit) overflowError(`%c arg not in range(${ofBytes ? '256' : '0x110000'})`);
  return String.fromCodePoint(Number(value));
}

function padBlank(text: string, conversion: Conversion): string {
  const missing = conversion.width - charCount(text);
  if (missing <= 0) return text;
  const blanks = repeat(' ', missing);
  return conversion.left ? text + blanks : blanks + text;
}

/** Sign and prefix go before zeros but after blanks. */
function layOut(conversion: Conversion, negative: boolean, prefix: string, body: string): string {
  const sign = negative ? '-' : conversion.plus ? '+' : conversion.blank ? ' ' : '';
  const head = sign + prefix;
  const missing = conversion.width - head.length - body.length;
  if (missing <= 0) return head + body;
  if (conversion.left) return head + body + repeat(' ', missing);
  return conversion.zero ? head + repeat('0', missing) + body : repeat(' ', missing) + head + body;
}
