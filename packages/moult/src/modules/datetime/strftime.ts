/** `strftime` of dates and times: what C's `strftime` does not know is put in before. */
import type { Owned, Ref } from '@moult/heap';
import { call1, call2, call3 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { isStr, kindName } from '../../core/types.ts';
import { encodeUtf8 } from '../../objects/bytes/codecs.ts';
import { parseRawArguments } from '../arguments.ts';
import { daysOf, microsecondsOf, secondsOf } from './delta-values.ts';
import { dateTimeZone, isDateTime, isTime, microsecondOf, timeZone } from './layout.ts';
import { offsetText, pad6 } from './text.ts';
import { callZoneMethod, callZoneName } from './zone-calls.ts';

const zoneOf = (rt: Runtime, o: Ref): Ref => {
  if (isTime(rt, o)) return timeZone(rt, o);
  return isDateTime(rt, o) ? dateTimeZone(rt, o) : S.None;
};

/** The offset from UTC as text; empty without. @runsPython */
export function utcOffsetText(rt: Runtime, zone: Ref, argument: Ref, separator: string): string {
  const m = tempMark(rt);
  const offset = temp(rt, callZoneMethod(rt, zone, 'utcoffset', argument));
  const text =
    offset === S.None
      ? ''
      : offsetText(daysOf(rt, offset) * 86400 + secondsOf(rt, offset), microsecondsOf(rt, offset), separator);
  releaseTemps(rt, m);
  return text;
}

/** The zone's name, with `%` doubled. @runsPython */
function zoneName(rt: Runtime, zone: Ref, argument: Ref): string {
  const m = tempMark(rt);
  const name = temp(rt, callZoneName(rt, zone, argument));
  let text = '';
  if (name !== S.None) {
    const replace = temp(rt, getAttrText(rt, name, 'replace'));
    const replaced = temp(rt, call2(rt, replace, temp(rt, newStr(rt, '%')), temp(rt, newStr(rt, '%%'))));
    if (!isStr(rt, replaced)) typeError(rt, 'tzname.replace() did not return a string');
    text = strText(rt, replaced);
  }
  releaseTemps(rt, m);
  return text;
}

/** The format with the conversions of our own replaced; each is computed once. @runsPython */
function expanded(rt: Runtime, self: Ref, format: string, argument: Ref): string {
  const known = new Map<string, string>();
  const zone = zoneOf(rt, self);
  const text = (code: string): string => {
    if (code === '%z') return utcOffsetText(rt, zone, argument, '');
    if (code === '%:z') return utcOffsetText(rt, zone, argument, ':');
    if (code === '%Z') return zoneName(rt, zone, argument);
    return pad6(isTime(rt, self) || isDateTime(rt, self) ? microsecondOf(rt, self) : 0);
  };
  return format.replace(/%(?::z|[\s\S])/g, (code) => {
    if (!['%z', '%:z', '%Z', '%f'].includes(code)) return code;
    if (!known.has(code)) known.set(code, text(code));
    return known.get(code) ?? '';
  });
}

/** Formats `self` with the fields of `timeTuple`; `argument` is what the zone's methods get. Raises UnicodeEncodeError for
 *  a lone surrogate. @runsPython
 *  Source: CPython 3.12 wrap_strftime. */
export function wrapStrftime(rt: Runtime, self: Ref, format: Ref, timeTuple: Ref, argument: Ref): Owned {
  const m = tempMark(rt);
  const newFormat = temp(rt, newStr(rt, expanded(rt, self, strText(rt, format), argument)));
  if (/[\ud800-\udfff]/u.test(strText(rt, newFormat))) temp(rt, encodeUtf8(rt, newFormat));
  const time = temp(rt, rt.importModule('time'));
  const strftime = temp(rt, getAttrText(rt, time, 'strftime'));
  return releaseKeeping(rt, m, call2(rt, strftime, newFormat, timeTuple));
}

/** The argument `format` of `strftime(format)`. */
export function formatArgument(rt: Runtime, args: number, nargs: number, kwnames: Ref): Ref {
  const [format = 0] = parseRawArguments(rt, 'strftime', ['format'], 1, args, nargs, kwnames);
  return isStr(rt, format)
    ? format
    : typeError(rt, `strftime() argument 1 must be str, not ${argumentKind(rt, format)}`);
}

/** What messages about arguments call the type of `o`. */
export function argumentKind(rt: Runtime, o: Ref): string {
  return o === S.None ? 'None' : kindName(rt, o);
}

/** `format(o, spec)`: `str(o)` without a spec, else `o.strftime(spec)`. @runsPython */
export function format(rt: Runtime, self: Ref, args: number, nargs: number): Owned {
  const spec = rt.words[args];
  if (nargs !== 1) typeError(rt, `__format__() takes exactly 1 argument (${nargs} given)`);
  if (!isStr(rt, spec)) typeError(rt, `__format__() argument 1 must be str, not ${argumentKind(rt, spec)}`);
  if (strLength(rt, spec) === 0) return str(rt, self);
  return call1(rt, temp(rt, getAttrText(rt, self, 'strftime')), spec);
}

/** A `time.struct_time` of nine numbers. @runsPython */
export function newStructTime(rt: Runtime, values: readonly number[]): Owned {
  const m = tempMark(rt);
  const time = temp(rt, rt.importModule('time'));
  const struct = temp(rt, getAttrText(rt, time, 'struct_time'));
  const tuple = temp(rt, tupleTake(rt, ...values.map((value) => newInt(rt, value))));
  return releaseKeeping(rt, m, call1(rt, struct, tuple));
}

/** `_strptime._strptime_datetime(cls, string, format)` @runsPython */
export function callStrptime(rt: Runtime, cls: Ref, string: Ref, spec: Ref): Owned {
  const m = tempMark(rt);
  const module = temp(rt, rt.importModule('_strptime'));
  const parse = temp(rt, getAttrText(rt, module, '_strptime_datetime'));
  return releaseKeeping(rt, m, call3(rt, parse, cls, string, spec));
}
