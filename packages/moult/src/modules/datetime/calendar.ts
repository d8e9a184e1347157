/** The proleptic Gregorian calendar as pure functions. An *ordinal* counts days; 1 is January 1 of year 1. */

export const MIN_YEAR = 1;
export const MAX_YEAR = 9999;
export const MAX_ORDINAL = 3652059;

const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const enum Days {
  In400Years = 146097,
  In100Years = 36524,
  In4Years = 1461,
  InYear = 365,
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month] ?? 0);
}

function daysBeforeMonth(year: number, month: number): number {
  return (DAYS_BEFORE_MONTH[month] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * Days.InYear + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

export function ordinalOf(year: number, month: number, day: number): number {
  return daysBeforeYear(year) + daysBeforeMonth(year, month) + day;
}

/** A day by year, month and day. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Source: CPython 3.12 ord_to_ymd. */
export function civilOf(ordinal: number): Civil {
  let rest = ordinal - 1;
  const cycles400 = Math.floor(rest / Days.In400Years);
  rest -= cycles400 * Days.In400Years;
  const cycles100 = Math.floor(rest / Days.In100Years);
  rest -= cycles100 * Days.In100Years;
  const cycles4 = Math.floor(rest / Days.In4Years);
  rest -= cycles4 * Days.In4Years;
  const years = Math.floor(rest / Days.InYear);
  rest -= years * Days.InYear;
  const year = cycles400 * 400 + cycles100 * 100 + cycles4 * 4 + years + 1;
  if (years === 4 || cycles100 === 4) return { year: year - 1, month: 12, day: 31 };
  let month = (rest + 50) >> 5;
  if (daysBeforeMonth(year, month) > rest) month--;
  return { year, month, day: rest - daysBeforeMonth(year, month) + 1 };
}

/** 0 is Monday. */
export function weekdayOf(ordinal: number): number {
  return (ordinal + 6) % 7;
}

/** The ordinal of the Monday that begins week 1 of the ISO year. */
function isoWeek1Monday(year: number): number {
  const first = ordinalOf(year, 1, 1);
  const weekday = weekdayOf(first);
  return first - weekday + (weekday > 3 ? 7 : 0);
}

/** ISO year, week and weekday (1 is Monday). */
export function isoCalendarOf(year: number, ordinal: number): readonly [number, number, number] {
  let isoYear = year;
  let monday = isoWeek1Monday(isoYear);
  if (ordinal < monday) monday = isoWeek1Monday(--isoYear);
  else if (ordinal >= isoWeek1Monday(year + 1)) monday = isoWeek1Monday(++isoYear);
  const days = ordinal - monday;
  return [isoYear, Math.floor(days / 7) + 1, (days % 7) + 1];
}

/** What is wrong with an ISO date. */
type IsoFault = 'year' | 'week' | 'weekday';

/** The ordinal of an ISO date. Source: CPython 3.12 iso_to_ymd. */
export function ordinalOfIso(year: number, week: number, weekday: number): number | IsoFault {
  if (year < MIN_YEAR || year > MAX_YEAR) return 'year';
  if (week <= 0 || week >= 53) {
    const first = weekdayOf(ordinalOf(year, 1, 1));
    const hasWeek53 = first === 3 || (first === 2 && isLeap(year));
    if (week !== 53 || !hasWeek53) return 'week';
  }
  if (weekday <= 0 || weekday >= 8) return 'weekday';
  return isoWeek1Monday(year) + (week - 1) * 7 + weekday - 1;
}
