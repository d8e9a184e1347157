/** Dates of the proleptic Gregorian calendar. */

/** What `struct_time` holds; months and year days from 1, weekdays from Monday 0. */
export interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly yearDay: number;
}

const DAY = 86400;

/** Days from 1970-01-01 to a date. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The date and time of whole seconds since 1970. */
export function partsOf(seconds: number): TimeParts {
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: (((days + 3) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(year, 1, 1) + 1,
  };
}

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** `asctime`. */
export function asctimeText(t: TimeParts): string {
  const day = String(t.day).padStart(2, ' ');
  const clock = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
  return `${(WEEKDAYS[t.weekday] as string).slice(0, 3)} ${(MONTHS[t.month - 1] as string).slice(0, 3)} ${day} ${clock} ${t.year}`;
}

/** Year and number of the week in the calendar of weeks (ISO 8601). */
export function weekOfYear(t: TimeParts): { readonly year: number; readonly week: number } {
  const week = Math.floor((t.yearDay - t.weekday + 9) / 7);
  if (week < 1) return { year: t.year - 1, week: weeksIn(t.year - 1) };
  return week > weeksIn(t.year) ? { year: t.year + 1, week: 1 } : { year: t.year, week };
}

/** A year has 53 weeks if it begins with a Thursday, or with a Wednesday and is a leap year. */
function weeksIn(year: number): number {
  const first = daysFromCivil(year, 1, 1);
  const weekday = (((first + 3) % 7) + 7) % 7;
  const isLeap = daysFromCivil(year + 1, 1, 1) - first === 366;
  return weekday === 3 || (weekday === 2 && isLeap) ? 53 : 52;
}
