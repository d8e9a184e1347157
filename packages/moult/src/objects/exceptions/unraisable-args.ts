/** `UnraisableHookArgs`: what `sys.unraisablehook` is called with. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { ExcWord } from '../../core/layout/exceptions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { moduleType } from '../../core/type-spec.ts';
import { defineStructSeq, newStructSeq } from '../structseq.ts';
import { temp, tempMark } from '../../core/temps.ts';

const FIELDS = ['exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object'];
const HOOK_ARGS = defineStructSeq(
  moduleType(),
  'UnraisableHookArgs',
  FIELDS,
  'What nobody could catch, and where it was raised.',
);

/** Whether `o` can be given to the hook. */
export function isHookArguments(rt: Runtime, o: Ref): boolean {
  return rt.words[o + ObjectWord.Type] === HOOK_ARGS.ref;
}

/** The arguments of the hook. `message` may be null, `object` 0. */
export function newHookArguments(rt: Runtime, exception: Ref, message: string | null, object: Ref): Owned {
  const H = rt.words;
  return newStructSeq(rt, HOOK_ARGS, tempMark(rt), [
    temp(rt, newRef(rt, H[exception + ObjectWord.Type])),
    temp(rt, newRef(rt, exception)),
    temp(rt, newRef(rt, H[exception + ExcWord.Traceback] || S.None)),
    temp(rt, message === null ? newRef(rt, S.None) : newStr(rt, message)),
    temp(rt, newRef(rt, object || S.None)),
  ]);
}
