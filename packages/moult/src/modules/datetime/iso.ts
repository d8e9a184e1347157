/** Reading dates and times in ISO 8601 form, as pure functions; null for text that is not of that form. */
import { civilOf, ordinalOfIso } from './calendar.ts';
import type { Civil } from './calendar.ts';

const isDigit = (ch: string | undefined): boolean => ch !== undefined && ch >= '0' && ch <= '9';

/** The `count` digits at `at`; −1 if there are not so many. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    if (!isDigit(text[i])) return -1;
    value = value * 10 + Number(text[i]);
  }
  return value;
}

/** A date in the first `length` characters. Numbers are not checked against the calendar, but for weeks.
 *  Source: CPython 3.12 parse_isoformat_date. */
export function parseIsoDate(text: string, length: number): Civil | null {
  const year = digits(text, 0, 4);
  if (year < 0) return null;
  const hasDashes = text[4] === '-';
  const rest = hasDashes ? 5 : 4;
  if (text[rest] === 'W') return parseIsoWeek(text, length, year, rest + 1, hasDashes);
  const month = digits(text, rest, 2);
  if (month < 0 || (hasDashes && text[rest + 2] !== '-')) return null;
  const day = digits(text, rest + (hasDashes ? 3 : 2), 2);
  return day < 0 ? null : { year, month, day };
}

function parseIsoWeek(text: string, length: number, year: number, at: number, hasDashes: boolean): Civil | null {
  const week = digits(text, at, 2);
  if (week < 0) return null;
  let weekday = 1;
  if (at + 2 < length) {
    if (hasDashes && text[at + 2] !== '-') return null;
    weekday = digits(text, at + (hasDashes ? 3 : 2), 1);
    if (weekday < 0) return null;
  }
  const ordinal = ordinalOfIso(year, week, weekday);
  return typeof ordinal === 'number' ? civilOf(ordinal) : null;
}

/** A time as it is written. `offset` is null without a zone. */
export interface IsoTime {
  readonly clock: Clock;
  readonly offset: { readonly seconds: number; readonly microseconds: number } | null;
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Something follows. */
  readonly hasMore: boolean;
}

/** `HH[:MM[:SS[.ffffff]]]`, or without the colons, up to `end`.
 *  Source: CPython 3.12 parse_hh_mm_ss_ff. */
function parseClock(text: string, start: number, end: number): Clock | null {
  const values = [0, 0, 0, 0];
  const clock = (hasMore: boolean): Clock => {
    const [hour = 0, minute = 0, second = 0, microsecond = 0] = values;
    return { hour, minute, second, microsecond, hasMore };
  };
  let at = start;
  let hasColons = true;
  for (let i = 0; i < 3; i++) {
    values[i] = digits(text, at, 2);
    if ((values[i] ?? -1) < 0) return null;
    at += 2;
    const ch = text[at++];
    if (i === 0) hasColons = ch === ':';
    if (at >= end) return clock(ch !== undefined);
    if (hasColons && ch === ':') continue;
    if (ch === '.' || ch === ',') break;
    if (hasColons) return null;
    at--;
  }
  const count = Math.min(end - at, 6);
  const fraction = digits(text, at, count);
  if (fraction < 0) return null;
  values[3] = fraction * 10 ** (6 - count);
  at += count;
  while (isDigit(text[at])) at++;
  return clock(at < text.length);
}

/** A time with or without a zone, from `start` to the text's end.
 *  Source: CPython 3.12 parse_isoformat_time. */
export function parseIsoTime(text: string, start: number): IsoTime | null {
  let zone = start;
  while (zone < text.length && !'+-Z'.includes(text[zone] ?? '')) zone++;
  const clock = parseClock(text, start, zone);
  if (clock === null) return null;
  if (zone === text.length) return clock.hasMore ? null : { clock, offset: null };
  if (text[zone] === 'Z') {
    return zone + 1 === text.length ? { clock, offset: { seconds: 0, microseconds: 0 } } : null;
  }
  const sign = text[zone] === '-' ? -1 : 1;
  const offset = parseClock(text, zone + 1, text.length);
  if (offset === null || offset.hasMore) return null;
  const seconds = sign * (offset.hour * 3600 + offset.minute * 60 + offset.second);
  return { clock, offset: { seconds, microseconds: sign * offset.microsecond } };
}

/** Where the date of a date with a time ends.
 *  Source: CPython 3.12 _find_isoformat_datetime_separator. */
export function findDateEnd(text: string): number {
  if (text.length === 7) return 7;
  if (text[4] === '-') return text[5] === 'W' ? dashedWeekEnd(text) : 10;
  return text[4] === 'W' ? weekEnd(text) : 8;
}

/** `YYYY-Www`, or `YYYY-Www-D` unless two digits follow the dash: then it separates the time. */
function dashedWeekEnd(text: string): number {
  if (text[8] !== '-') return 8;
  if (text.length === 9) return -1;
  return text.length > 10 && isDigit(text[10]) ? 8 : 10;
}

/** `YYYYWww` or `YYYYWwwD`, told by the number of digits that follow. */
function weekEnd(text: string): number {
  let at = 7;
  while (at < text.length && isDigit(text[at])) at++;
  if (at < 9) return at;
  return at % 2 === 0 ? 7 : 8;
}
