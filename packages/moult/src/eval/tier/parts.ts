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
/** A part with as many units ends even in a loop, the outermost that there is: V8 does not optimise a function of more than 60 KB of its
 *  bytecode. */
const MAX_UNITS = 400;

/** The part that has `unit`. */
export function partAt(exec: ExecutableCode, flow: Flow, unit: number): Range {
  const nesting = loopsAround(exec, flow);
  let from = 0;
  for (;;) {
    const to = endOfPart(flow, nesting, from);
    if (unit < to) return { from, to };
    from = to;
  }
}

/** Where a part that begins at `from` ends: as far outside of loops as it can. */
function endOfPart(flow: Flow, nesting: Uint8Array, from: number): number {
  const end = flow.depths.length;
  let best = end;
  for (let to = from + ENOUGH_UNITS; to < end; to++) {
    if (to - from > MAX_UNITS && best < end) return best;
    if (flow.leaders[to] === 0 || flow.depths[to] < 0) continue;
    if (nesting[to] === 0) return to;
    if (best === end || (nesting[to] as number) < (nesting[best] as number)) best = to;
  }
  return end - from > MAX_UNITS ? best : end;
}

/** For each unit the number of loops that are cut where one cuts before it. */
function loopsAround(exec: ExecutableCode, flow: Flow): Uint8Array {
  /** The last jump back to each unit. */
  const ends = new Map<number, number>();
  for (let unit = 0; unit < flow.depths.length; unit++) {
    if (flow.depths[unit] < 0) continue;
    const whole = exec.originalUnit(unit);
    const target = targetOf(whole & 255, whole >> 8, unit);
    if (target >= 0 && target <= unit) ends.set(target, unit);
  }
  const nesting = new Uint8Array(flow.depths.length);
  for (const [target, last] of ends) for (let unit = target + 1; unit <= last; unit++) nesting[unit]++;
  return nesting;
}
