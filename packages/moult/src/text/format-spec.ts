/** The format specification mini-language, `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, and its
 *  application to str, int, float and complex.
 *
 *  Parsing comes first and for every type alike, so that a malformed specification is reported before one that does
 *  not suit the type. The callers handle the empty specification (`str(value)`) themselves. */

import { formatFloat, type FloatCode } from '../numeric/float-format.ts';
import { intToFloat } from '../numeric/int-float.ts';
import { intToDecimal } from '../numeric/int-format.ts';
import { DEFAULT_MAX_STR_DIGITS } from '../numeric/int-parse.ts';
import { isNegative } from '../numeric/float-bits.ts';
import { overflowError, valueError } from './fault.ts';
import { layOutNumber, pad } from './format-layout.ts';
import { decimalValue } from './unicode.ts';

/** A parsed specification. `width` and `precision` are -1 where not given; `type` is '' or one character. */
export interface FormatSpec {
  readonly fill: string;
  readonly fillGiven: boolean;
  readonly align: '<' | '>' | '=' | '^';
  readonly alignGiven: boolean;
  readonly sign: '' | '+' | '-' | ' ';
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number;
  readonly type: string;
}

const SPEC = /^(?:([^])(?=[<>=^])|)([<>=^]?)([+\- ]?)(z?)(#?)(0?)(\p{Nd}*)(,_|_,|[,_]|)(\.?)([^]*)$/u;
const MAX_NUMBER = 0x7fff_ffff_ffff_ffffn;
const MAX_PRECISION = 0x7fff_ffff;

/** Parsed specifications by their text, one map for each default type. Dropped when full. */
const parsed: Readonly<Record<string, Map<string, FormatSpec>>> = { s: new Map(), d: new Map(), '': new Map() };
const MAX_PARSED = 256;

/** Parses a specification, or finds it among those parsed before: programs use few, and often.
 *  `typeName` is for error texts; `defaultType` is the type that grouping is checked against where none is given ('s',
 *  'd' or ''), `defaultAlign` decides what '0' before the width means. Throws ValueError. */
function parseFormatSpec(
  text: string,
  typeName: string,
  defaultType: 's' | 'd' | '',
  defaultAlign: '<' | '>',
): FormatSpec {
  const known = parsed[defaultType]!;
  let spec = known.get(text);
  if (spec === undefined) {
    spec = parseAnew(text, typeName, defaultType, defaultAlign);
    if (known.size >= MAX_PARSED) known.clear();
    known.set(text, spec);
  }
  return spec;
}

function parseAnew(text: string, typeName: string, defaultType: string, defaultAlign: '<' | '>'): FormatSpec {
  const match = SPEC.exec(text)!;
  const fill = match[1];
  const align = match[2]!;
  const zero = match[6] === '0' && fill === undefined;
  const width = readNumber(match[7]!);
  const grouping = match[8]!;
  if (grouping.length > 1) valueError("Cannot specify both ',' and '_'.");
  const [precision, rest] = match[9] === '' ? [-1, match[10]!] : readPrecision(match[10]!);
  const type = [...rest];
  if (type.length > 1) invalidSpec(text, typeName);
  if (grouping !== '') checkGrouping(grouping, type[0] ?? defaultType);
  return {
    fill: fill ?? (zero ? '0' : ' '),
    fillGiven: fill !== undefined || zero,
    align: (align || (zero && defaultAlign === '>' ? '=' : defaultAlign)) as FormatSpec['align'],
    alignGiven: align !== '',
    sign: match[3] as FormatSpec['sign'],
    noNegativeZero: match[4] !== '',
    alternate: match[5] !== '',
    width,
    grouping: grouping as FormatSpec['grouping'],
    precision,
    type: type[0] ?? '',
  };
}

function invalidSpec(text: string, typeName: string): never {
  valueError(`Invalid format specifier '${text}' for object of type '${typeName}'`);
}

/** A decimal number of any script; -1 for none. */
function readNumber(digits: string): number {
  if (digits === '') return -1;
  let value = 0n;
  for (const digit of digits) value = value * 10n + BigInt(decimalValue(digit.codePointAt(0)!));
  if (value > MAX_NUMBER) valueError('Too many decimal digits in format string');
  return Number(value);
}

function readPrecision(text: string): [number, string] {
  const digits = /^\p{Nd}*/u.exec(text)![0];
  if (digits === '') valueError('Format specifier missing precision');
  return [readNumber(digits), text.slice(digits.length)];
}

function checkGrouping(grouping: string, type: string): void {
  if (type === '' || 'defgEG%F'.includes(type)) return;
  if (grouping === '_' && 'boxX'.includes(type)) return;
  const code = type.codePointAt(0)!;
  const shown = code > 32 && code < 128 ? type : '\\x' + code.toString(16);
  valueError(`Cannot specify '${grouping}' with '${shown}'.`);
}

function unknownCode(type: string, typeName: string): never {
  const code = type.codePointAt(0)!;
  const shown = code > 32 && code < 128 ? type : '\\x' + code.toString(16);
  valueError(`Unknown format code '${shown}' for object of type '${typeName}'`);
}

/** `format(text, spec)` of a str. Throws ValueError; MemoryError for an absurd width. */
export function formatStr(text: string, specText: string, typeName = 'str'): string {
  const spec = parseFormatSpec(specText, typeName, 's', '<');
  if (spec.type !== '' && spec.type !== 's') unknownCode(spec.type, typeName);
  const place = 'in string format specifier';
  if (spec.sign !== '') valueError(`${spec.sign === ' ' ? 'Space' : 'Sign'} not allowed ${place}`);
  if (spec.noNegativeZero) valueError(`Negative zero coercion (z) not allowed ${place}`);
  if (spec.alternate) valueError(`Alternate form (#) not allowed ${place}`);
  if (spec.align === '=') valueError(`'=' alignment not allowed ${place}`);
  const cut = spec.precision >= 0 && spec.precision < text.length ? firstChars(text, spec.precision) : text;
  return pad(cut, spec.fill, spec.align, spec.width);
}

function firstChars(text: string, count: number): string {
  if (!/[\ud800-\udbff]/.test(text)) return text.slice(0, count);
  return [...text].slice(0, count).join('');
}

/** `format(value, spec)` of an int. Throws ValueError and OverflowError. */
export function formatInt(
  value: number | bigint,
  specText: string,
  typeName = 'int',
  maxDigits = DEFAULT_MAX_STR_DIGITS,
): string {
  const spec = parseFormatSpec(specText, typeName, 'd', '>');
  const type = spec.type === '' ? 'd' : spec.type;
  if ('eEfFgG%'.includes(type)) return applyFloat(typeof value === 'bigint' ? intToFloat(value) : value, spec);
  if (!'bcdoxXn'.includes(type)) unknownCode(type, typeName);
  const place = 'in integer format specifier';
  if (spec.precision >= 0) valueError(`Precision not allowed ${place}`);
  if (spec.noNegativeZero) valueError(`Negative zero coercion (z) not allowed ${place}`);
  if (type === 'c') return layOutNumber(spec, false, '', '', charOf(value, spec));
  return layOutInt(value, type, spec, maxDigits);
}

function charOf(value: number | bigint, spec: FormatSpec): string {
  if (spec.sign !== '') valueError("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) valueError("Alternate form (#) not allowed with integer format specifier 'c'");
  if (value >= 1n << 63n || value < -(1n << 63n)) overflowError('Python int too large to convert to C long');
  if (value < 0 || value > 0x10ffff) overflowError('%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(value));
}

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

function layOutInt(value: number | bigint, type: string, spec: FormatSpec, maxDigits: number): string {
  const radix = RADIX[type];
  const text = radix === undefined ? intToDecimal(value, maxDigits) : value.toString(radix);
  const digits = text[0] === '-' ? text.slice(1) : text;
  const prefix = spec.alternate && radix !== undefined ? '0' + type : '';
  const shown = type === 'X' ? digits.toUpperCase() : digits;
  return layOutNumber(spec, text[0] === '-', prefix, shown, '', radix === undefined ? 3 : 4);
}

/** `format(value, spec)` of a float. Throws ValueError. */
export function formatFloatSpec(value: number, specText: string, typeName = 'float'): string {
  const spec = parseFormatSpec(specText, typeName, '', '>');
  if (spec.type !== '' && !'eEfFgGn%'.includes(spec.type)) unknownCode(spec.type, typeName);
  return applyFloat(value, spec);
}

function applyFloat(value: number, spec: FormatSpec): string {
  const percent = spec.type === '%';
  const body = floatText(percent ? value * 100 : value, spec, spec.type === '') + (percent ? '%' : '');
  return layOutFloat(body, spec);
}

/** The value in the notation of the specification. `addDotZero` distinguishes a float from a part of a complex. */
function floatText(value: number, spec: FormatSpec, addDotZero: boolean): string {
  if (spec.precision > MAX_PRECISION) valueError('precision too big');
  const upper = spec.type === 'E' || spec.type === 'F' || spec.type === 'G';
  const style = { alternate: spec.alternate, addDotZero, noNegativeZero: spec.noNegativeZero, upper };
  if (spec.type === '') return formatFloat(value, spec.precision < 0 ? 'r' : 'g', Math.max(spec.precision, 0), style);
  const code = spec.type === '%' ? 'f' : spec.type === 'n' ? 'g' : spec.type.toLowerCase();
  return formatFloat(value, code as FloatCode, spec.precision < 0 ? 6 : spec.precision, style);
}

/** Lays out '-123.45e+6': digits up to the point are grouped, the rest is kept together. */
function layOutFloat(text: string, spec: FormatSpec): string {
  const [, minus, digits, rest] = /^(-?)(\d*)([^]*)$/.exec(text)!;
  return layOutNumber(spec, minus === '-', '', digits!, rest!);
}

/** `format(real + imag * 1j, spec)`. Throws ValueError. */
export function formatComplex(real: number, imag: number, specText: string, typeName = 'complex'): string {
  const spec = parseFormatSpec(specText, typeName, '', '>');
  if (spec.type !== '' && !'eEfFgGn'.includes(spec.type)) unknownCode(spec.type, typeName);
  if (spec.fill === '0') valueError('Zero padding is not allowed in complex format specifier');
  if (spec.align === '=') valueError("'=' alignment flag is not allowed in complex format specifier");
  const onlyImag = spec.type === '' && real === 0 && !isNegative(real);
  const part: FormatSpec = { ...spec, fill: ' ', align: '<', width: -1 };
  const realText = onlyImag ? '' : layOutFloat(floatText(real, part, false), part);
  const imagSpec: FormatSpec = onlyImag ? part : { ...part, sign: '+' };
  const imagText = layOutFloat(floatText(imag, part, false), imagSpec) + 'j';
  const both = realText + imagText;
  return pad(spec.type === '' && !onlyImag ? `(${both})` : both, spec.fill, spec.align, spec.width);
}
