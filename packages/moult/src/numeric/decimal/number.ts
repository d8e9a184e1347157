/**
 * Decimal numbers of the General Decimal Arithmetic specification, as immutable values: sign, coefficient, exponent, or a
 * special value. Exponents are bigints, since they may reach 10^18.
 */

export const enum Kind {
  Finite = 0,
  Infinity = 1,
  QuietNan = 2,
  SignalingNan = 3,
}

export interface Decimal {
  readonly kind: Kind;
  readonly sign: 0 | 1;
  /** The coefficient, or the payload of a NaN (0 for none). */
  readonly coef: bigint;
  /** Exponent of a finite number. */
  readonly exp: bigint;
  /** Digits of the coefficient; 1 for zero. */
  readonly digits: number;
}

const powers: bigint[] = [1n];

/** 10 to a power. */
export function pow10(n: number | bigint): bigint {
  const i = Number(n);
  if (i > 2000) return 10n ** BigInt(i);
  for (let last = powers.length; last <= i; last++) powers.push((powers[last - 1] ?? 1n) * 10n);
  return powers[i] ?? 1n;
}

const SAFE = 9007199254740991n;

/** How many decimal digits a positive integer has; 1 for zero. */
export function digitCount(n: bigint): number {
  if (n <= SAFE) {
    return n < 10n ? 1 : String(Number(n)).length;
  }
  const bits = n.toString(16).length * 4;
  const low = Math.floor((bits - 4) * 0.30102999566398114);
  let count = Math.max(low, 1);
  while (n >= pow10(count)) count++;
  return count;
}

export function finite(sign: 0 | 1, coef: bigint, exp: bigint): Decimal {
  return { kind: Kind.Finite, sign, coef, exp, digits: digitCount(coef) };
}

export function infinity(sign: 0 | 1): Decimal {
  return { kind: Kind.Infinity, sign, coef: 0n, exp: 0n, digits: 1 };
}

export function nan(sign: 0 | 1 = 0, payload = 0n, kind: Kind = Kind.QuietNan): Decimal {
  return { kind, sign, coef: payload, exp: 0n, digits: digitCount(payload) };
}

export const NAN = nan();
export const ZERO = finite(0, 0n, 0n);
export const ONE = finite(0, 1n, 0n);

/** The exact value of an integer. */
export function ofInteger(n: bigint): Decimal {
  return n < 0n ? finite(1, -n, 0n) : finite(0, n, 0n);
}

export const isNan = (d: Decimal): boolean => d.kind >= Kind.QuietNan;
export const isInfinite = (d: Decimal): boolean => d.kind === Kind.Infinity;
export const isFinite = (d: Decimal): boolean => d.kind === Kind.Finite;
export const isZero = (d: Decimal): boolean => d.kind === Kind.Finite && d.coef === 0n;

export function withSign(d: Decimal, sign: 0 | 1): Decimal {
  return d.sign === sign ? d : { ...d, sign };
}

export const flip = (sign: 0 | 1): 0 | 1 => (sign === 0 ? 1 : 0);

/** The exponent of the leading digit. */
export function adjusted(d: Decimal): bigint {
  return d.exp + BigInt(d.digits) - 1n;
}

const NUMBER = /^([+-])?(?:(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d+))?|(inf(?:inity)?)|(s)?(nan)(\d*))$/i;

/** The largest exponent that a conversion looks at; beyond it a number overflows or underflows anyway. */
const HUGE_EXPONENT = 10n ** 30n;

/** The number that a text (without spaces and underscores, ASCII digits) writes, exactly; null if it writes none. */
export function parseDecimal(text: string): Decimal | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [, signText, whole = '', fraction = '', bare = '', exponent = '0', inf, signaling, nanText, payload = ''] =
    match;
  const sign = signText === '-' ? 1 : 0;
  if (inf !== undefined) return infinity(sign);
  if (nanText !== undefined) {
    return nan(
      sign,
      BigInt(payload === '' ? '0' : payload),
      signaling === undefined ? Kind.QuietNan : Kind.SignalingNan,
    );
  }
  const decimals = fraction + bare;
  const written =
    exponent.length > 40
      ? exponent.startsWith('-')
        ? -HUGE_EXPONENT
        : HUGE_EXPONENT
      : BigInt(exponent.replace('+', ''));
  return finite(sign, BigInt(whole + decimals), written - BigInt(decimals.length));
}

/** The text of a number in scientific or engineering notation. */
export function decimalText(d: Decimal, engineering = false, capitals = true): string {
  const sign = d.sign === 1 ? '-' : '';
  if (d.kind === Kind.Infinity) return sign + 'Infinity';
  if (d.kind !== Kind.Finite)
    return `${sign}${d.kind === Kind.SignalingNan ? 's' : ''}NaN${d.coef === 0n ? '' : String(d.coef)}`;
  const digits = String(d.coef);
  const left = d.exp + BigInt(digits.length);
  const point = pointPlace(d, left, engineering);
  const exponent = left === point ? '' : `${capitals ? 'E' : 'e'}${left - point >= 0n ? '+' : ''}${left - point}`;
  return sign + placePoint(digits, Number(point)) + exponent;
}

/** How many digits stand before the point. */
function pointPlace(d: Decimal, left: bigint, engineering: boolean): bigint {
  if (d.exp <= 0n && left > -6n) return left;
  if (!engineering) return 1n;
  const mod = (n: bigint): bigint => ((n % 3n) + 3n) % 3n;
  return d.coef === 0n ? mod(left + 1n) - 1n : mod(left - 1n) + 1n;
}

function placePoint(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}
