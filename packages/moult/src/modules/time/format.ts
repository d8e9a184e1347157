/** `strftime` in the locale C, with glibc's flags and widths: `%-d`, `%_5e`, `%^a`. */
import { asctimeText, MONTHS, WEEKDAYS, weekOfYear } from './calendar.ts';
import type { TimeParts } from './calendar.ts';

/** A time with its place in the world. */
export interface ZonedParts extends TimeParts {
  /** Negative: not known. */
  readonly isDst: number;
  readonly zoneName: string;
  readonly offset: number;
  /** Seconds since 1970, for `%s`. */
  readonly moment: () => number;
}

/** A number with the digits that it gets by default, and what fills them up. */
interface Field {
  readonly value: number;
  readonly digits: number;
  readonly fill: '0' | ' ';
}

const number = (value: number, digits = 2, fill: '0' | ' ' = '0'): Field => ({ value, digits, fill });
const hour12 = (t: TimeParts): number => (t.hour % 12 === 0 ? 12 : t.hour % 12);
const remainder = (a: number, b: number): number => ((a % b) + b) % b;

const NUMBERS: Readonly<Record<string, (t: ZonedParts) => Field>> = {
  C: (t) => number(Math.floor(t.year / 100), 1),
  d: (t) => number(t.day),
  e: (t) => number(t.day, 2, ' '),
  g: (t) => number(remainder(weekOfYear(t).year, 100)),
  G: (t) => number(weekOfYear(t).year, 1),
  H: (t) => number(t.hour),
  I: (t) => number(hour12(t)),
  j: (t) => number(t.yearDay, 3),
  k: (t) => number(t.hour, 2, ' '),
  l: (t) => number(hour12(t), 2, ' '),
  m: (t) => number(t.month),
  M: (t) => number(t.minute),
  s: (t) => number(t.moment(), 1),
  S: (t) => number(t.second),
  u: (t) => number(t.weekday + 1, 1),
  U: (t) => number(Math.floor((t.yearDay + 6 - ((t.weekday + 1) % 7)) / 7)),
  V: (t) => number(weekOfYear(t).week),
  w: (t) => number((t.weekday + 1) % 7, 1),
  W: (t) => number(Math.floor((t.yearDay + 6 - t.weekday) / 7)),
  y: (t) => number(remainder(t.year, 100)),
  Y: (t) => number(t.year, 1),
};

const name = (names: readonly string[], i: number): string => names[i] ?? '?';

const TEXTS: Readonly<Record<string, (t: ZonedParts) => string>> = {
  a: (t) => name(WEEKDAYS, t.weekday).slice(0, 3),
  A: (t) => name(WEEKDAYS, t.weekday),
  b: (t) => name(MONTHS, t.month - 1).slice(0, 3),
  B: (t) => name(MONTHS, t.month - 1),
  c: asctimeText,
  D: (t) => formatTime('%m/%d/%y', t),
  F: (t) => formatTime('%Y-%m-%d', t),
  h: (t) => name(MONTHS, t.month - 1).slice(0, 3),
  n: () => '\n',
  p: (t) => (t.hour < 12 ? 'AM' : 'PM'),
  P: (t) => (t.hour < 12 ? 'am' : 'pm'),
  r: (t) => formatTime('%I:%M:%S %p', t),
  R: (t) => formatTime('%H:%M', t),
  t: () => '\t',
  T: (t) => formatTime('%H:%M:%S', t),
  x: (t) => formatTime('%m/%d/%y', t),
  X: (t) => formatTime('%H:%M:%S', t),
  Z: (t) => (t.isDst < 0 ? '' : t.zoneName),
  '%': () => '%',
};

/** `+0100` */
function offsetText(t: ZonedParts): string {
  if (t.isDst < 0) return '';
  const minutes = Math.floor(Math.abs(t.offset) / 60);
  return `${t.offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60) * 100 + (minutes % 60)).padStart(4, '0')}`;
}

/** A number in its width: the sign counts, and stands before zeros. */
function numberText(field: Field, flag: string, width: number): string {
  const fill = flag === '_' ? ' ' : flag === '0' ? '0' : field.fill;
  const digits = String(Math.abs(field.value));
  const sign = field.value < 0 ? '-' : '';
  const length = flag === '-' ? 0 : Math.max(width, field.digits) - sign.length;
  return fill === '0' ? sign + digits.padStart(length, '0') : (sign + digits).padStart(length + sign.length, ' ');
}

function conversion(whole: string, flags: string, width: number, code: string, t: ZonedParts): string {
  const padding = flags.replace(/[#^]/g, '').at(-1) ?? '';
  const field = NUMBERS[code]?.(t);
  if (field !== undefined) return numberText(field, padding, width);
  let text = code === 'z' ? offsetText(t) : TEXTS[code]?.(t);
  if (text === undefined) return whole.padStart(width, ' ');
  if (flags.includes('^')) text = text.toUpperCase();
  else if (flags.includes('#')) text = 'pZ'.includes(code) ? text.toLowerCase() : text.toUpperCase();
  return padding === '-' ? text : text.padStart(width, padding === '0' ? '0' : ' ');
}

/** The time in a format. What is no conversion stays as it is. */
export function formatTime(format: string, t: ZonedParts): string {
  return format.replace(/%([-_0^#]*)(\d*)[EO]?([^])/gu, (whole, flags: string, width: string, code: string) =>
    conversion(whole, flags, Number(width), code, t),
  );
}
