/** The local time zone: what TZ said when it was read last (`tzset`, or the import of `time`), or the system's. */
import { setWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { setTake } from '../make.ts';
import { ModuleRef } from '../module-roots.ts';
import { daysFromCivil } from './calendar.ts';
import type { TimeParts } from './calendar.ts';
import { utcZone, zoneOfFile, zoneOfRule } from './zone.ts';
import type { Zone, ZoneTime } from './zone.ts';

const SYSTEM_ZONE = '/etc/localtime';
const ZONES = '/usr/share/zoneinfo';
const YEAR = (365 * 24 + 6) * 3600;
/** How far, and in which steps, a time of the wanted kind is looked for, as glibc does. */
const SEARCH = 457243209 / 2;
const STEP = 601200;

/** Zones by what TZ said. Can be dropped: files of zones do not change. */
const known = new WeakMap<Runtime, { readonly setting: string; readonly zone: Zone }>();

/** Stands for TZ not being set; no value of a variable has a NUL. */
const UNSET = '\0';

/** Reads TZ now. */
export function readZone(rt: Runtime): void {
  const setting = rt.host?.environment?.()['TZ'] ?? UNSET;
  setWord(rt, ModuleRef.TimeZone, newStr(rt, setting));
}

export function localZone(rt: Runtime): Zone {
  if (rt.words[ModuleRef.TimeZone] === 0) readZone(rt);
  const setting = strText(rt, rt.words[ModuleRef.TimeZone]);
  const last = known.get(rt);
  if (last?.setting === setting) return last.zone;
  const zone = findZone(rt, setting);
  known.set(rt, { setting, zone });
  return zone;
}

/** As glibc: a file of that name (a colon before it is skipped), then a rule, then UTC. */
function findZone(rt: Runtime, setting: string): Zone {
  if (setting === '') return utcZone;
  const name = setting.replace(/^:/, '');
  const path = setting === UNSET ? SYSTEM_ZONE : name.startsWith('/') ? name : `${ZONES}/${name}`;
  const data = path.split('/').includes('..') ? null : (rt.host?.readFile?.(path) ?? null);
  return (data === null ? null : zoneOfFile(data)) ?? (setting === UNSET ? null : zoneOfRule(name)) ?? utcZone;
}

/** Sets `timezone`, `altzone`, `daylight` and `tzname`, from January and July of this year.
 *  Source: CPython 3.12 init_timezone. */
export function setZoneNames(rt: Runtime, dict: Ref): void {
  const [standard, summer] = zoneKinds(rt);
  setTake(rt, dict, 'timezone', newInt(rt, -standard.offset));
  setTake(rt, dict, 'altzone', newInt(rt, -summer.offset));
  setTake(rt, dict, 'daylight', newInt(rt, standard.offset === summer.offset ? 0 : 1));
  setTake(
    rt,
    dict,
    'tzname',
    tupleFromTemps(rt, tempMark(rt), temp(rt, newStr(rt, standard.name)), temp(rt, newStr(rt, summer.name))),
  );
}

/** What holds in winter and in summer. */
export function zoneKinds(rt: Runtime): readonly [ZoneTime, ZoneTime] {
  const zone = localZone(rt);
  const now = Number((rt.host?.time?.() ?? 0n) / 1_000_000_000n);
  const january = Math.floor(now / YEAR) * YEAR;
  const kinds = [zone(january), zone(january + YEAR / 2)] as const;
  return kinds[0].offset > kinds[1].offset ? ([kinds[1], kinds[0]] as const) : kinds;
}

/** The moment of a local time, whose parts may be out of their ranges; `isDst` is negative if the zone is to decide.
 *  Differs from glibc for times that occur twice: it takes what holds later, glibc what its last call found. */
export function momentOf(zone: Zone, t: TimeParts, isDst: number): number {
  const month = t.month - 1;
  const days = daysFromCivil(t.year + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1) + t.day - 1;
  const local = days * 86400 + t.hour * 3600 + t.minute * 60 + t.second;
  const before = zone(local - 86400).offset;
  const after = zone(local + 86400).offset;
  const fitting = [after, before].find((offset) => zone(local - offset).offset === offset);
  const moment = local - (fitting ?? before);
  const found = zone(moment);
  if (isDst < 0 || fitting === undefined || found.isDst === isDst > 0) return moment;
  const other =
    before !== after ? [before, after].find((offset) => zone(local - offset).isDst === isDst > 0) : undefined;
  return local - (other ?? offsetOfKind(zone, moment, isDst > 0) ?? found.offset + (isDst > 0 ? 3600 : -3600));
}

/** The offset at the nearest moment that has summer time or has not, as wanted. */
function offsetOfKind(zone: Zone, moment: number, isDst: boolean): number | undefined {
  for (let distance = STEP; distance < SEARCH; distance += STEP) {
    for (const sign of [-1, 1]) {
      const there = zone(moment + sign * distance);
      if (there.isDst === isDst) return there.offset;
    }
  }
  return undefined;
}
