/** Limits around one run. */
import { clearWord } from '@moult/heap';
import { clearException } from '../../core/errors.ts';
import { Ending, isEnding, startLimits, stepsMade, stopLimits } from '../../core/limits.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { flushStandardFiles } from '../../modules/sys/flush.ts';
import type { EmbedHost } from './embed-host.ts';
import { LimitExceeded, RunEnded } from './errors.ts';
import type { RunLimits } from './options.ts';

/** Steps that flushing the streams after an ended run may take. */
const FLUSH_STEPS = 1000;

/** Set by `Python.end`. */
export interface EndRequest {
  requested: boolean;
}

/** Runs `action` within the limits. Throws LimitExceeded or RunEnded if it was ended, with the heap consistent and nothing pending.
 *  @runsPython */
export function bounded<R>(rt: Runtime, host: EmbedHost, limits: RunLimits, end: EndRequest, action: () => R): R {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const time = limits.time ?? Infinity;
  const output = limits.output ?? Infinity;
  host.written = 0;
  end.requested = false;
  rt.mustEnd = () => end.requested || host.written > output || elapsed() > time;
  startLimits(rt, limits.steps ?? Infinity);
  let outcome: { readonly result: R } | { readonly error: unknown };
  try {
    outcome = { result: action() };
  } catch (error) {
    outcome = { error };
  }
  // While the run is still ending: what the exception's traceback holds dies now, and its finalizers are to be cut off too.
  if (isEnding(rt)) forgetExceptions(rt);
  const steps = stepsMade(rt);
  const ending = stopLimits(rt);
  rt.mustEnd = () => false;
  if (ending !== Ending.No) flushBriefly(rt);
  // Whatever the action returned or threw: it was cut short.
  if (ending !== Ending.No) throw ended(host, limits, ending, elapsed(), steps);
  if ('error' in outcome) throw outcome.error;
  return outcome.result;
}

/** The pending exception, and the one being handled. @runsPython */
function forgetExceptions(rt: Runtime): void {
  clearException(rt);
  if (rt.words[RootNum.ExcInfo] === (RootNum.ExcBaseValue as number)) clearWord(rt, RootNum.ExcBaseValue);
}

/** Writes what an ended run had buffered, unless the program's own streams take too long for it. @runsPython */
function flushBriefly(rt: Runtime): void {
  startLimits(rt, FLUSH_STEPS);
  flushStandardFiles(rt);
  if (isEnding(rt)) forgetExceptions(rt);
  stopLimits(rt);
}

function ended(host: EmbedHost, limits: RunLimits, ending: Ending, milliseconds: number, steps: number): RunEnded {
  const { time = Infinity, output = Infinity } = limits;
  const written = [host.stdout.take(), host.stderr.take()] as const;
  if (ending === Ending.Steps) return new LimitExceeded('steps', limits.steps ?? 0, steps - 1, ...written);
  if (host.written > output) return new LimitExceeded('output', output, host.written, ...written);
  if (milliseconds > time) return new LimitExceeded('time', time, Math.round(milliseconds), ...written);
  return new RunEnded('the run was ended', ...written);
}
