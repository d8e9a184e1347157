/** Time zones: offsets from UTC and names by moment, from rules as POSIX writes them (`CET-1CEST,M3.5.0,M10.5.0/3`) and from
 *  compiled files (TZif, RFC 8536). Pure functions. */
import { daysFromCivil, partsOf } from './calendar.ts';

export interface ZoneTime {
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly isDst: boolean;
  readonly name: string;
}

/** What holds at a moment (seconds since 1970). */
export type Zone = (time: number) => ZoneTime;

export const utcZone: Zone = () => ({ offset: 0, isDst: false, name: 'UTC' });

const DAY = 86400;
const NAME = /^(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)/;
const OFFSET = /^([+-]?)(\d{1,3})(?::(\d{1,2}))?(?::(\d{1,2}))?/;
/** Where a rule says that there is summer time, but not when: that of the USA. */
const USUAL_RULES = 'M3.2.0,M11.1.0';

/** Reads from the front of a text. */
class Scanner {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.rest);
    if (found !== null) this.rest = this.rest.slice(found[0].length);
    return found;
  }

  /** Seconds of `[+-]h[:m[:s]]`; null if there are none. */
  seconds(): number | null {
    const found = this.take(OFFSET);
    if (found === null) return null;
    const total = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0);
    return found[1] === '-' ? -total : total;
  }

  name(): string | null {
    return this.take(NAME)?.[0].replace(/[<>]/g, '') ?? null;
  }
}

/** The zone of a POSIX rule. A text with a name alone is in UTC under that name; null for one without. */
export function zoneOfRule(text: string): Zone | null {
  const scanner = new Scanner(text);
  const name = scanner.name();
  if (name === null) return null;
  const west = scanner.seconds();
  const standard: ZoneTime = { offset: west === null ? 0 : -west, isDst: false, name };
  const summerName = west === null ? null : scanner.name();
  if (summerName === null) return () => standard;
  const summerWest = scanner.seconds();
  const offset = summerWest === null ? standard.offset + 3600 : -summerWest;
  const summer: ZoneTime = { offset, isDst: true, name: summerName };
  const [start = '', end = ''] = (scanner.rest.startsWith(',') ? scanner.rest.slice(1) : USUAL_RULES).split(',');
  return (time) => (isSummer(time, standard, summer, start, end) ? summer : standard);
}

function isSummer(time: number, standard: ZoneTime, summer: ZoneTime, start: string, end: string): boolean {
  // Before 1970 glibc takes that year's changes.
  const year = Math.max(partsOf(time + standard.offset).year, 1970);
  const begins = changeIn(year, start) - standard.offset;
  const ends = changeIn(year, end) - summer.offset;
  return begins < ends ? time >= begins && time < ends : time >= begins || time < ends;
}

/** The local moment in a year at which a rule `Jn`, `n` or `Mm.w.d`, with `/time`, changes the clocks. */
function changeIn(year: number, rule: string): number {
  const [day = '', clock] = rule.split('/');
  const time = clock === undefined ? 7200 : (new Scanner(clock).seconds() ?? 7200);
  return dayOfRule(year, day) * DAY + time;
}

function dayOfRule(year: number, rule: string): number {
  const first = daysFromCivil(year, 1, 1);
  const isLeap = daysFromCivil(year, 3, 1) - first === 60;
  if (rule.startsWith('J')) {
    const n = Number(rule.slice(1));
    return first + n - (isLeap && n >= 60 ? 0 : 1);
  }
  if (!rule.startsWith('M')) return first + Number(rule);
  const [month = 1, week = 1, weekday = 0] = rule.slice(1).split('.').map(Number);
  const start = daysFromCivil(year, month, 1);
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  // 1970-01-01 was a Thursday.
  let day = start + ((((weekday - (start + 4)) % 7) + 7) % 7) + 7 * (week - 1);
  while (day >= next) day -= 7;
  return day;
}

const HEADER = 44;

/** The zone of a TZif file; null for anything else. */
export function zoneOfFile(data: Uint8Array): Zone | null {
  const isFile = data.length >= HEADER && String.fromCharCode(...data.subarray(0, 4)) === 'TZif';
  if (!isFile) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const second = (data[4] as number) >= 0x32 ? HEADER + blockLength(counts(view, 0), 4) : -1;
  return second < 0 ? readBlock(data, view, 0, 4) : readBlock(data, view, second, 8);
}

interface Counts {
  readonly utc: number;
  readonly standard: number;
  readonly leaps: number;
  readonly times: number;
  readonly types: number;
  readonly characters: number;
}

function counts(view: DataView, at: number): Counts {
  const [utc = 0, standard = 0, leaps = 0, times = 0, types = 0, characters = 0] = [20, 24, 28, 32, 36, 40].map((i) =>
    view.getUint32(at + i),
  );
  return { utc, standard, leaps, times, types, characters };
}

function blockLength(n: Counts, width: number): number {
  return n.times * (width + 1) + n.types * 6 + n.characters + n.leaps * (width + 4) + n.standard + n.utc;
}

function readBlock(data: Uint8Array, view: DataView, start: number, width: number): Zone {
  const n = counts(view, start);
  const times = start + HEADER;
  const indices = times + n.times * width;
  const typesAt = indices + n.times;
  const names = typesAt + n.types * 6;
  const at = (i: number): number =>
    width === 8 ? Number(view.getBigInt64(times + i * 8)) : view.getInt32(times + i * 4);
  const types = Array.from({ length: n.types }, (_, i): ZoneTime => {
    const from = typesAt + i * 6;
    const name = names + (data[from + 5] as number);
    const text = String.fromCharCode(...data.subarray(name, data.indexOf(0, name)));
    return { offset: view.getInt32(from), isDst: data[from + 4] !== 0, name: text };
  });
  const footer = width === 8 ? String.fromCharCode(...data.subarray(start + HEADER + blockLength(n, width))) : '';
  const later = zoneOfRule(footer.trim());
  const first = types.find((type) => !type.isDst) ?? types[0] ?? utcZone(0);
  return (time) => {
    if (n.times === 0 || time < at(0)) return n.times === 0 && later !== null ? later(time) : first;
    if (time >= at(n.times - 1) && later !== null) return later(time);
    let low = 0;
    for (let high = n.times; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (at(middle) <= time) low = middle;
      else high = middle;
    }
    return types[data[indices + low] as number] ?? first;
  };
}
