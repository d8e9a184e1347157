/** The clocks, under Python's names and under the system's. They are the host's. */
import type { Owned, Ref } from '@moult/heap';
import { newBigInt, newFloat } from '../../core/int.ts';
import { typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { isInt, kindName } from '../../core/types.ts';
import { isFloat } from '../../objects/float/convert.ts';
import { asCInt, integerOf } from '../buffers.ts';
import { raiseErrno } from '../posix/paths.ts';

/** Nanoseconds. */
export type Clock = (rt: Runtime) => bigint;

export const wall: Clock = (rt) => rt.host?.time?.() ?? 0n;
const steady: Clock = (rt) => rt.host?.monotonic?.() ?? wall(rt);
const cpu: Clock = (rt) => rt.host?.processTime?.() ?? steady(rt);
const threadCpu: Clock = (rt) => rt.host?.threadTime?.() ?? cpu(rt);
/** International atomic time is ahead of UTC by the leap seconds so far. */
const atomic: Clock = (rt) => wall(rt) + 37_000_000_000n;

const EPERM = 1;
const EINVAL = 22;
const RESOLUTION = 1e-9;
/** The CPU clock of any one thread: green threads share one. */
const THREAD_CPU_CLOCK = -6;

/** Linux's clocks by their names; their numbers are those of <time.h>. */
const SYSTEM_CLOCKS: readonly (readonly [name: string, id: number, read: Clock])[] = [
  ['CLOCK_REALTIME', 0, wall],
  ['CLOCK_MONOTONIC', 1, steady],
  ['CLOCK_PROCESS_CPUTIME_ID', 2, cpu],
  ['CLOCK_THREAD_CPUTIME_ID', 3, threadCpu],
  ['CLOCK_MONOTONIC_RAW', 4, steady],
  ['CLOCK_BOOTTIME', 7, steady],
  ['CLOCK_TAI', 11, atomic],
];

export const CLOCK_NUMBERS: readonly (readonly [string, number])[] = SYSTEM_CLOCKS.map(([name, id]) => [name, id]);

export function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

function systemClock(rt: Runtime, o: Ref): Clock {
  const id = asCInt(rt, o);
  if (id === THREAD_CPU_CLOCK) return threadCpu;
  return SYSTEM_CLOCKS.find((clock) => clock[1] === id)?.[2] ?? raiseErrno(rt, EINVAL, 0);
}

/** No program may set a clock; some cannot be set at all. */
function refuseSetting(rt: Runtime, clock: Ref): never {
  const id = asCInt(rt, clock);
  return raiseErrno(rt, id === 0 ? EPERM : EINVAL, 0);
}

function setClock(rt: Runtime, _module: Ref, clock: Ref, time: Ref): Owned {
  if (!isFloat(rt, time)) integerOf(rt, time);
  return refuseSetting(rt, clock);
}

function setClockNs(rt: Runtime, _module: Ref, clock: Ref, time: Ref): Owned {
  if (!isInt(rt, time)) typeError(rt, `expect int, got ${kindName(rt, time)}`);
  return refuseSetting(rt, clock);
}

function threadClock(rt: Runtime, _module: Ref, thread: Ref): Owned {
  integerOf(rt, thread);
  return newBigInt(rt, BigInt(THREAD_CPU_CLOCK));
}

function clock(name: string, read: Clock, doc: string): NativeDefinition[] {
  return [
    native(`${name}()`, (rt) => newFloat(rt, seconds(read(rt))), { unsigned: true, doc }),
    native(`${name}_ns()`, (rt) => newBigInt(rt, read(rt)), { unsigned: true, doc: `${doc} In nanoseconds.` }),
  ];
}

export const CLOCK_FUNCTIONS: readonly NativeDefinition[] = [
  ...clock('time', wall, 'Seconds since the epoch.'),
  ...clock('monotonic', steady, 'Seconds of a clock that never goes back.'),
  ...clock('perf_counter', steady, 'Seconds of the finest clock.'),
  ...clock('process_time', cpu, 'Seconds that the process has computed.'),
  ...clock('thread_time', threadCpu, 'Seconds that the thread has computed.'),
  native('clock_gettime(clk_id, /)', (rt, _module, id = 0) => newFloat(rt, seconds(systemClock(rt, id)(rt))), {
    unsigned: true,
    doc: 'The time of a clock of the system.',
  }),
  native('clock_gettime_ns(clk_id, /)', (rt, _module, id = 0) => newBigInt(rt, systemClock(rt, id)(rt)), {
    unsigned: true,
    doc: 'The time of a clock of the system, in nanoseconds.',
  }),
  native(
    'clock_getres(clk_id, /)',
    (rt, _module, id = 0) => {
      systemClock(rt, id);
      return newFloat(rt, RESOLUTION);
    },
    { unsigned: true, doc: 'How fine a clock of the system is.' },
  ),
  native('clock_settime(clk_id, time, /)', setClock, { unsigned: true, doc: 'Set a clock of the system.' }),
  native('clock_settime_ns(clk_id, time, /)', setClockNs, {
    unsigned: true,
    doc: 'Set a clock of the system, in nanoseconds.',
  }),
  native('pthread_getcpuclockid(thread_id, /)', threadClock, {
    unsigned: true,
    doc: 'The number of the clock of what a thread computes.',
  }),
];
