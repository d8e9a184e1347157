/** The module `_opcode`. */
import type { Owned, Ref } from '@moult/heap';
import { Op, OPCODES } from '../compiler/opcodes.ts';
import { stackEffect } from '../compiler/cfg/stack-depth.ts';
import { none, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { S } from '../core/static.ts';
import { asCInt } from './buffers.ts';

/** First opcode that has an argument. */
const HAVE_ARGUMENT = 90;

/** Opcodes that only tracing puts into code start here; pseudo-opcodes above. */
const FIRST_INSTRUMENTED = 237;
const FIRST_PSEUDO = 256;

function hasArgument(opcode: number): boolean {
  const isPseudo = opcode >= FIRST_PSEUDO && opcode !== (Op.POP_BLOCK as number);
  return isPseudo ? OPCODES[opcode] !== undefined : opcode >= HAVE_ARGUMENT;
}

/** −1, 0, 1 for `jump=None`, False, True. Raises ValueError. */
function jumpArgument(rt: Runtime, jump: Ref): number {
  if (jump === 0 || jump === S.None) return -1;
  if (jump === S.True) return 1;
  return jump === S.False ? 0 : valueError(rt, 'stack_effect: jump must be False, True or None');
}

/** Source: CPython 3.12 _opcode_stack_effect_impl. */
function stackEffectOf(rt: Runtime, _module: Ref, opcode: Ref, oparg: Ref, jump: Ref): Owned {
  const op = asCInt(rt, opcode);
  const isGiven = oparg !== 0 && oparg !== S.None;
  if (hasArgument(op) && !isGiven) valueError(rt, 'stack_effect: opcode requires oparg but oparg was not specified');
  if (!hasArgument(op) && isGiven) valueError(rt, 'stack_effect: opcode does not permit oparg but oparg was specified');
  const arg = isGiven ? asCInt(rt, oparg) : 0;
  const jumps = jumpArgument(rt, jump);
  if (OPCODES[op] === undefined || (op >= FIRST_INSTRUMENTED && op < FIRST_PSEUDO))
    valueError(rt, 'invalid opcode or oparg');
  const effects = [false, true].map((taken) => stackEffect({ op, arg }, taken));
  return newInt(rt, jumps < 0 ? Math.max(...effects) : (effects[jumps] ?? 0));
}

defineModule({
  name: '_opcode',
  doc: 'Opcode support module.',
  functions: [
    native('stack_effect($module, opcode, oparg=None, /, *, jump=None)', stackEffectOf, {
      doc: 'Compute the stack effect of the opcode.',
    }),
    native('get_specialization_stats($module, /)', () => none(), { doc: 'Return the specialization stats' }),
  ],
});
