/** What `nl_langinfo` knows: the constants of glibc's <langinfo.h> and their texts in the locales C and C.UTF-8. */

import { MONTHS, WEEKDAYS } from '../time/calendar.ts';

/** From Sunday on. */
const DAYS = [WEEKDAYS[6]!, ...WEEKDAYS.slice(0, 6)];

const TIME = 0x20000;
export const CODESET = 14;

const short = (text: string): string => text.slice(0, 3);
const family = (name: string, first: number, texts: readonly string[]): [string, number, string][] =>
  texts.map((text, i) => [`${name}_${i + 1}`, first + i, text]);

/** Name, number and text of each constant but CODESET, whose text the locale decides. */
export const LANGINFO: readonly (readonly [string, number, string])[] = [
  ['RADIXCHAR', 0x10000, '.'],
  ['THOUSEP', 0x10001, ''],
  ...family('ABDAY', TIME, DAYS.map(short)),
  ...family('DAY', TIME + 7, DAYS),
  ...family('ABMON', TIME + 14, MONTHS.map(short)),
  ...family('MON', TIME + 26, MONTHS),
  ['AM_STR', TIME + 38, 'AM'],
  ['PM_STR', TIME + 39, 'PM'],
  ['D_T_FMT', TIME + 40, '%a %b %e %H:%M:%S %Y'],
  ['D_FMT', TIME + 41, '%m/%d/%y'],
  ['T_FMT', TIME + 42, '%H:%M:%S'],
  ['T_FMT_AMPM', TIME + 43, '%I:%M:%S %p'],
  ['ERA', TIME + 44, ''],
  ['ERA_D_FMT', TIME + 46, ''],
  ['ALT_DIGITS', TIME + 47, ''],
  ['ERA_D_T_FMT', TIME + 48, ''],
  ['ERA_T_FMT', TIME + 49, ''],
  ['_DATE_FMT', TIME + 108, '%a %b %e %H:%M:%S %Z %Y'],
  ['CRNCYSTR', 0x4000f, '-'],
  ['YESEXPR', 0x50000, '^[yY]'],
  ['NOEXPR', 0x50001, '^[nN]'],
];
