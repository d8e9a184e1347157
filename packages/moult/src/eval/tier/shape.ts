/** What a generated function depends on: two codes with the same shape can have the same one. */
import { TupleWord } from '@moult/heap';
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { Quick } from '../../frames/quick.ts';
import { BinaryCache, CallCache } from '../caches.ts';
import type { Flow } from './flow.ts';
import type { Range } from './parts.ts';
import { constantAt, isStatic, kindOfObject, numberText } from './writer.ts';

/** A text that is the same for parts of codes of the same shape: units as they run now, what was seen by BINARY_OP, numbers among the
 *  constants, variables, handlers, and how deep the stack is. */
export function shapeOf(
  rt: Runtime,
  consts: number,
  exec: ExecutableCode,
  general: ReadonlySet<number>,
  flow: Flow,
  { from, to }: Range,
): string {
  const { units } = exec;
  const words: number[] = [exec.nlocalsplus, exec.flags, from];
  for (let unit = from; unit < to;) {
    const op = exec.originalOp(unit);
    const next = unit + 1 + CACHE_COUNTS[op];
    words.push(units[unit], flow.depths[unit]);
    if (op === (Op.BINARY_OP as number)) words.push(units[unit + BinaryCache.Misses]);
    if (op === (Op.CALL as number))
      words.push(
        units[unit + CallCache.Asked],
        (units[next - 1] & 255) === (Quick.ExitInit as number) ? units[next - 1] : 0,
      );
    unit = next;
  }
  return [words.join(), exec.handlers.join(), constantsText(rt, consts), [...general].join()].join(';');
}

function constantsText(rt: Runtime, consts: number): string {
  const texts: string[] = [];
  for (let i = 0; i < rt.words[consts + TupleWord.Size]; i++) {
    const ref = constantAt(rt, consts, i);
    const kind = kindOfObject(rt, ref);
    if (isStatic(ref)) texts.push(`s${ref}`);
    else texts.push(kind === 0 ? '' : `${kind}:${numberText(rt, ref)}`);
  }
  return texts.join();
}
