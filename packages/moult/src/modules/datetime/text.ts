/** Texts of dates and times, as pure functions. */

export const pad2 = (n: number): string => (n < 10 ? `0${n}` : String(n));
const pad4 = (n: number): string => String(n).padStart(4, '0');
export const pad6 = (n: number): string => String(n).padStart(6, '0');

export function isoDateText(year: number, month: number, day: number): string {
  return `${pad4(year)}-${pad2(month)}-${pad2(day)}`;
}

/** The values of `timespec`. */
const TIMESPECS = ['auto', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'];

/** A time as ISO 8601 has it; null for an unknown `timespec`. */
export function isoTimeText(hour: number, minute: number, second: number, micro: number, spec: string): string | null {
  const parts = [pad2(hour), `:${pad2(minute)}`, `:${pad2(second)}`];
  switch (TIMESPECS.indexOf(spec)) {
    case 0:
      return parts.join('') + (micro === 0 ? '' : `.${pad6(micro)}`);
    case 1:
      return pad2(hour);
    case 2:
      return parts.slice(0, 2).join('');
    case 3:
      return parts.join('');
    case 4:
      return `${parts.join('')}.${String(Math.floor(micro / 1000)).padStart(3, '0')}`;
    case 5:
      return `${parts.join('')}.${pad6(micro)}`;
    default:
      return null;
  }
}

/** An offset of whole seconds and microseconds (a normalized timedelta's, days times 86400 added): `+01:30`.
 *  Source: CPython 3.12 format_utcoffset. */
export function offsetText(seconds: number, micro: number, separator: string): string {
  const total = seconds * 1000000 + micro;
  const magnitude = Math.abs(total);
  const all = Math.floor(magnitude / 1000000);
  const rest = magnitude % 1000000;
  const sign = total < 0 ? '-' : '+';
  let text = `${sign}${pad2(Math.floor(all / 3600))}${separator}${pad2(Math.floor(all / 60) % 60)}`;
  if (all % 60 !== 0 || rest !== 0) text += `${separator}${pad2(all % 60)}`;
  return rest === 0 ? text : `${text}.${pad6(rest)}`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `ctime()`; weekday 0 is Monday. */
export function ctimeText(year: number, month: number, day: number, weekday: number, clock: string): string {
  return `${WEEKDAYS[weekday]} ${MONTHS[month - 1]} ${String(day).padStart(2)} ${clock} ${pad4(year)}`;
}
