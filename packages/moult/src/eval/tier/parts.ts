/** Which units get a function together: V8 compiles short functions sooner, and none that is too long. */
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { targetOf } from './flow.ts';
import type { Flow } from './flow.ts';

/** Units of a part, from `from` to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A part ends between two outermost loops when it has as many units. */
const ENOUGH_UNITS = 120;
/** A part with as many units ends even in a loop: V8 does not optimise a function of more than 60 KB of its bytecode. */
const MAX_UNITS = 400;

/** The part that has `unit`. */
export function partAt(exec: ExecutableCode, flow: Flow, unit: number): Range {
  const isInLoop = unitsInLoops(exec, flow);
  const end = flow.depths.length;
  let from = 0;
  for (let to = 1; to < end; to++) {
    if (flow.leaders[to] === 0 || flow.depths[to] < 0) continue;
    const length = to - from;
    if (length < (isInLoop[to] === 0 ? ENOUGH_UNITS : MAX_UNITS)) continue;
    if (unit < to) return { from, to };
    from = to;
  }
  return { from, to: end };
}

/** 1 for each unit before which a way leads back: to cut there is to cut a loop. */
function unitsInLoops(exec: ExecutableCode, flow: Flow): Uint8Array {
  const inside = new Uint8Array(flow.depths.length);
  for (let unit = 0; unit < inside.length; unit++) {
    if (flow.depths[unit] < 0) continue;
    const whole = exec.originalUnit(unit);
    const target = targetOf(whole & 255, whole >> 8, unit);
    if (target >= 0 && target <= unit) inside.fill(1, target + 1, unit + 1);
  }
  return inside;
}
