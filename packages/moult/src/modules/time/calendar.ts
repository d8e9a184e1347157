/** Dates of the proleptic Gregorian calendar, in UTC. */

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

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
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

/** One conversion of `strftime` in the C locale; null for an unknown one. */
function conversion(code: string, t: TimeParts): string | null {
  const weekday = WEEKDAYS[t.weekday] as string;
  const month = MONTHS[t.month - 1] as string;
  const hour12 = t.hour % 12 === 0 ? 12 : t.hour % 12;
  const sunday = (t.weekday + 1) % 7;
  switch (code) {
    case 'a':
      return weekday.slice(0, 3);
    case 'A':
      return weekday;
    case 'b':
    case 'h':
      return month.slice(0, 3);
    case 'B':
      return month;
    case 'c':
      return asctimeText(t);
    case 'C':
      return two(Math.floor(t.year / 100));
    case 'd':
      return two(t.day);
    case 'D':
    case 'x':
      return `${two(t.month)}/${two(t.day)}/${two(t.year % 100)}`;
    case 'e':
      return String(t.day).padStart(2, ' ');
    case 'F':
      return `${t.year}-${two(t.month)}-${two(t.day)}`;
    case 'H':
      return two(t.hour);
    case 'I':
      return two(hour12);
    case 'j':
      return String(t.yearDay).padStart(3, '0');
    case 'm':
      return two(t.month);
    case 'M':
      return two(t.minute);
    case 'n':
      return '\n';
    case 'p':
      return t.hour < 12 ? 'AM' : 'PM';
    case 'R':
      return `${two(t.hour)}:${two(t.minute)}`;
    case 'S':
      return two(t.second);
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
    case 'u':
      return String(t.weekday + 1);
    case 'U':
      return two(Math.floor((t.yearDay + 6 - sunday) / 7));
    case 'w':
      return String(sunday);
    case 'W':
      return two(Math.floor((t.yearDay + 6 - t.weekday) / 7));
    case 'y':
      return two(t.year % 100);
    case 'Y':
      return String(t.year);
    case 'z':
      return '+0000';
    case 'Z':
      return 'UTC';
    case '%':
      return '%';
    default:
      return null;
  }
}

/** `strftime` in the C locale. */
export function formatTime(format: string, t: TimeParts): string {
  return format.replace(/%([a-zA-Z%])/g, (whole, code: string) => conversion(code, t) ?? whole);
}
