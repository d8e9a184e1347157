/** A debugger's prompt: runs a text in the frame that a program is paused in. The state afterwards is of no use. */
import type { Ref } from '@moult/heap';
import { caught, clearException, mark, pendingMatches, takeException } from '../../core/errors.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { repr } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { frameLocals } from '../../frames/frame-locals.ts';
import { compileProgram } from '../../modules/builtins/compile.ts';
import type { CompileMode } from '../../modules/builtins/compile.ts';
import { evalCode } from '../../modules/builtins/run-code.ts';
import { flushStandardFiles } from '../../modules/sys/flush.ts';
import { formatException } from '../../objects/exceptions/display.ts';
import { mainNamespace } from '../run.ts';
import type { Console } from './console.ts';

export interface Evaluation {
  /** `repr` of an expression's value; null for None, statements and errors. */
  readonly value: string | null;
  /** What was written meanwhile, to both streams. */
  readonly output: string;
  /** The traceback of an exception, or why the evaluation was ended; null if there was neither. */
  readonly error: string | null;
}

const FILENAME = '<prompt>';

const TOO_LONG = new (class EvaluationEnded {
  readonly name = 'EvaluationEnded';
})();

/** Runs `text` in the innermost frame for at most `steps` instructions. Leaves the heap as it is then. @runsPython */
export function evaluateAt(rt: Runtime, console: Console, text: string, steps: number): Evaluation {
  let left = steps;
  rt.beforeInstruction = () => {
    if (--left < 0) throw TOO_LONG;
  };
  console.target = 'aside';
  console.aside = '';
  const m = mark(rt);
  let value: string | null = null;
  let error: string | null = null;
  try {
    value = valueOf(rt, text);
    flushStandardFiles(rt);
  } catch (thrown) {
    error = thrown === TOO_LONG ? `ended after ${steps} instructions` : errorText(rt, thrown, m);
  } finally {
    rt.beforeInstruction = null;
    console.target = 'nowhere';
  }
  return { value, output: console.aside, error };
}

/** @runsPython */
function valueOf(rt: Runtime, text: string): string | null {
  const [globals, locals] = namespacesOf(rt);
  const value = temp(rt, evalCode(rt, compiled(rt, text), globals, locals));
  return value === (S.None as Ref) ? null : strText(rt, temp(rt, repr(rt, value)));
}

/** Of the innermost frame, or of `__main__`. @runsPython */
function namespacesOf(rt: Runtime): [globals: Ref, locals: Ref] {
  const frame = rt.words[RootNum.CurrentFrame];
  if (frame === 0) return [mainNamespace(rt), mainNamespace(rt)];
  return [rt.words[frame + FrameWord.Globals], frameLocals(rt, frame)];
}

/** As an expression, or else as statements. */
function compiled(rt: Runtime, text: string): Ref {
  const m = mark(rt);
  const as = (mode: CompileMode): Ref =>
    temp(rt, compileProgram(rt, text, { filename: FILENAME, mode, flags: 0, fromFile: true }));
  try {
    return as('eval');
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.SyntaxError)) throw error;
    clearException(rt);
    return as('exec');
  }
}

function errorText(rt: Runtime, error: unknown, m: ReturnType<typeof mark>): string {
  caught(rt, error, m);
  const exception = takeException(rt);
  return exception === 0 ? String(error) : formatException(rt, temp(rt, exception));
}
