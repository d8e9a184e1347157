/** Decimal numbers by format specifications: `format(Decimal('1.5'), '>10.2f')`. */
import { rescale } from './arithmetic.ts';
import { dropDigits } from './context.ts';
import type { Round } from './context.ts';
import { decimalText, finite, isFinite, isZero } from './number.ts';
import type { Decimal } from './number.ts';

export interface DecimalSpec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly noNegativeZero: boolean;
  readonly width: number;
  /** Character between groups of digits, the sizes of groups from the right (the last one repeats), and the point. */
  readonly grouping: string;
  readonly groups: readonly number[];
  readonly point: string;
  readonly precision: number | null;
  readonly type: string;
  readonly zeroPad: boolean;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(0)?([1-9]\d*)?(,)?(?:\.(\d+))?([eEfFgGn%])?$/u;

/** Digits of widths and precisions that CPython reads. */
const MAX_NUMBER = 18;

/** Takes a specification apart; null if it is none. */
export function parseDecimalSpec(text: string): DecimalSpec | null {
  const match = SPEC.exec(text);
  if (match === null) return null;
  const [, fill, align, sign = '-', z, zero, width = '0', grouping = '', precision, type = ''] = match;
  if (zero !== undefined && align !== undefined) return null;
  if (type === 'n' && grouping !== '') return null;
  if (width.length > MAX_NUMBER || (precision ?? '').length > MAX_NUMBER) return null;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? '>' : '='),
    sign,
    noNegativeZero: z !== undefined,
    width: Number(width),
    grouping,
    groups: grouping === '' ? [] : [3],
    point: '.',
    precision: precision === undefined ? null : Number(precision),
    type: type === 'n' ? 'g' : type,
    zeroPad: zero !== undefined,
  };
}

/** Rounds to `places` digits in all. */
function roundPlaces(d: Decimal, places: number, mode: Round): Decimal {
  const drop = BigInt(d.digits - places);
  if (isZero(d)) return d;
  if (drop <= 0n) return rescale(d, d.exp + drop, mode);
  const { coef } = dropDigits(d.coef, drop, d.sign, mode);
  const carried = finite(d.sign, coef, d.exp + drop);
  return carried.digits > places ? finite(d.sign, coef / 10n, d.exp + drop + 1n) : carried;
}

function prepare(d: Decimal, spec: DecimalSpec, rounding: Round): Decimal {
  const scaled = spec.type === '%' ? finite(d.sign, d.coef, d.exp + 2n) : d;
  if (spec.precision === null) return scaled;
  if ('eE'.includes(spec.type) && spec.type !== '') return roundPlaces(scaled, spec.precision + 1, rounding);
  if (spec.type !== '' && 'fF%'.includes(spec.type)) return rescale(scaled, BigInt(-spec.precision), rounding);
  return scaled.digits > spec.precision ? roundPlaces(scaled, Math.max(spec.precision, 1), rounding) : scaled;
}

/** Digits before the point. */
function pointPlace(d: Decimal, spec: DecimalSpec): bigint {
  const left = d.exp + BigInt(d.digits);
  if ('eE'.includes(spec.type) && spec.type !== '')
    return isZero(d) && spec.precision !== null ? BigInt(1 - spec.precision) : 1n;
  if ('fF%'.includes(spec.type) && spec.type !== '') return left;
  return d.exp <= 0n && left > -6n ? left : 1n;
}

function splitDigits(d: Decimal, place: bigint): { whole: string; fraction: string } {
  const digits = String(d.coef);
  const at = Number(place);
  if (at < 0) return { whole: '0', fraction: '0'.repeat(-at) + digits };
  if (at > digits.length) return { whole: digits + '0'.repeat(at - digits.length), fraction: '' };
  return { whole: digits.slice(0, at) || '0', fraction: digits.slice(at) };
}

/** The number by the specification, in the context's rounding. */
export function formatDecimal(d: Decimal, spec: DecimalSpec, rounding: Round, capitals: boolean): string {
  if (!isFinite(d)) {
    const text = decimalText({ ...d, sign: 0 }) + (spec.type === '%' ? '%' : '');
    const plain = spec.fill === '0' && spec.align === '=' ? { ...spec, fill: ' ', align: '>' } : spec;
    return fillOut(signOf(d, spec), text, plain);
  }
  let rounded = prepare(d, spec, rounding);
  if (spec.precision === null && isZero(rounded) && rounded.exp > 0n && 'fF%'.includes(spec.type) && spec.type !== '') {
    rounded = finite(rounded.sign, 0n, 0n);
  }
  if (spec.noNegativeZero && isZero(rounded)) rounded = { ...rounded, sign: 0 };
  const place = pointPlace(rounded, spec);
  const { whole, fraction } = splitDigits(rounded, place);
  const exponent = rounded.exp + BigInt(rounded.digits) - place;
  return assemble(rounded, whole, fraction, exponent, spec, capitals);
}

function assemble(
  d: Decimal,
  whole: string,
  fraction: string,
  exponent: bigint,
  spec: DecimalSpec,
  capitals: boolean,
): string {
  const isExponential = exponent !== 0n || (spec.type !== '' && 'eE'.includes(spec.type));
  const letter = spec.type === '' ? (capitals ? 'E' : 'e') : 'EG'.includes(spec.type) ? 'E' : 'e';
  const tail =
    (isExponential ? `${letter}${exponent < 0n ? '' : '+'}${exponent}` : '') + (spec.type === '%' ? '%' : '');
  const after = (fraction === '' ? '' : spec.point + fraction) + tail;
  const sign = signOf(d, spec);
  const least = spec.zeroPad ? spec.width - sign.length - after.length : 0;
  return fillOut(sign, group(whole, spec, least) + after, spec);
}

function signOf(d: Decimal, spec: DecimalSpec): string {
  if (d.sign === 1) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

/** Digits with separators. */
function separated(digits: string, separator: string, groups: readonly number[]): string {
  const parts: string[] = [];
  let rest = digits;
  for (let i = 0; rest !== ''; i++) {
    const size = groups[Math.min(i, groups.length - 1)] ?? 0;
    const cut = size <= 0 || size >= rest.length ? 0 : rest.length - size;
    parts.unshift(rest.slice(cut));
    rest = rest.slice(0, cut);
  }
  return parts.join(separator);
}

/** Digits with separators, filled with zeros up to `least` characters. */
function group(digits: string, { grouping, groups }: DecimalSpec, least: number): string {
  if (grouping === '' || groups.length === 0) return digits.padStart(least, '0');
  let padded = digits;
  while (separated(padded, grouping, groups).length < least) padded = '0' + padded;
  return separated(padded, grouping, groups);
}

function fillOut(sign: string, body: string, spec: DecimalSpec): string {
  const missing = Math.max(0, spec.width - [...(sign + body)].length);
  switch (spec.align) {
    case '<':
      return sign + body + spec.fill.repeat(missing);
    case '>':
      return spec.fill.repeat(missing) + sign + body;
    case '=':
      return sign + spec.fill.repeat(missing) + body;
    default: {
      const before = missing >> 1;
      return spec.fill.repeat(before) + sign + body + spec.fill.repeat(missing - before);
    }
  }
}
