/** Calling the methods of time zones, whose results are checked. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { isInstance, isStr, kindName } from '../../core/types.ts';
import { daysOf, microsecondsOf, secondsOf } from './delta-values.ts';
import { isDelta, TZINFO } from './layout.ts';

/** `zone.utcoffset(dt)` or `zone.dst(dt)`: a timedelta of less than a day, or None. Raises TypeError, ValueError.
 *  @runsPython
 *  Source: CPython 3.12 call_tzinfo_method. */
export function callZoneMethod(rt: Runtime, zone: Ref, name: 'utcoffset' | 'dst', dt: Ref): Owned {
  if (zone === S.None) return none();
  const m = tempMark(rt);
  const offset = temp(rt, call1(rt, temp(rt, getAttrText(rt, zone, name)), dt));
  if (offset !== S.None) checkOffset(rt, offset, name);
  return releaseKeeping(rt, m, newRef(rt, offset));
}

function checkOffset(rt: Runtime, offset: Ref, name: string): void {
  if (!isDelta(rt, offset))
    typeError(rt, `tzinfo.${name}() must return None or timedelta, not '${kindName(rt, offset)}'`);
  const days = daysOf(rt, offset);
  const isLeast = days === -1 && secondsOf(rt, offset) === 0 && microsecondsOf(rt, offset) < 1;
  if (isLeast || days < -1 || days >= 1) {
    valueError(rt, 'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).');
  }
}

/** `zone.tzname(dt)`: a str or None. Raises TypeError. @runsPython
 *  Source: CPython 3.12 call_tzname. */
export function callZoneName(rt: Runtime, zone: Ref, dt: Ref): Owned {
  if (zone === S.None) return none();
  const m = tempMark(rt);
  const name = temp(rt, call1(rt, temp(rt, getAttrText(rt, zone, 'tzname')), dt));
  if (name !== S.None && !isStr(rt, name))
    typeError(rt, `tzinfo.tzname() must return None or a string, not '${kindName(rt, name)}'`);
  return releaseKeeping(rt, m, newRef(rt, name));
}

/** Raises TypeError unless `o` is None or a time zone. */
export function checkZone(rt: Runtime, o: Ref): void {
  if (o === S.None || isInstance(rt, o, TZINFO)) return;
  typeError(rt, `tzinfo argument must be None or of a tzinfo subclass, not type '${kindName(rt, o)}'`);
}
