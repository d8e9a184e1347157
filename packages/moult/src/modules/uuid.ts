/** The module `_uuid`: identifiers from the time, laid out as RFC 4122 has them. Node and clock sequence are random ones,
 *  because the host's network interfaces are not known; so no service vouches for them, which the status says. */
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import { nativeRaw } from '../core/native.ts';
import { randomBytes } from '../core/random-bytes.ts';
import type { Runtime } from '../core/runtime.ts';
import { typeError } from '../core/errors.ts';
import { newBytes } from '../core/str.ts';
import { temp, tempMark } from '../core/temps.ts';
import { tupleFromTemps } from '../core/tuple.ts';
import { setTake } from './make.ts';

/** Units of 100 ns between October 15, 1582 and 1970. */
const GREGORIAN_OFFSET = 0x01b21dd213814000n;

/** What `uuid_generate_time_safe` returns when nothing but chance keeps identifiers apart. */
const UNSAFE = -1;

const enum Field {
  TimeMiddle = 4,
  TimeHigh = 6,
  ClockSequence = 8,
  Node = 10,
  Bytes = 16,
}

function timeBasedUuid(rt: Runtime): Uint8Array {
  const data = randomBytes(rt, Field.Bytes);
  const view = new DataView(data.buffer);
  const time = (rt.host?.time?.() ?? 0n) / 100n + GREGORIAN_OFFSET;
  view.setUint32(0, Number(time & 0xffffffffn));
  view.setUint16(Field.TimeMiddle, Number((time >> 32n) & 0xffffn));
  view.setUint16(Field.TimeHigh, Number((time >> 48n) & 0xfffn) | 0x1000);
  view.setUint8(Field.ClockSequence, (view.getUint8(Field.ClockSequence) & 0x3f) | 0x80);
  view.setUint8(Field.Node, view.getUint8(Field.Node) | 1);
  return data;
}

/** `generate_time_safe()`: the bytes and a status. */
function generateTimeSafe(rt: Runtime, _module: Ref, _args: number, nargs: number): Owned {
  if (nargs > 0) typeError(rt, `_uuid.generate_time_safe() takes no arguments (${nargs} given)`);
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newBytes(rt, timeBasedUuid(rt))), temp(rt, newInt(rt, UNSAFE)));
}

defineModule({
  name: '_uuid',
  functions: [nativeRaw('generate_time_safe', generateTimeSafe)],
  populate(rt, dict) {
    setTake(rt, dict, 'has_uuid_generate_time_safe', newInt(rt, 1));
  },
});
