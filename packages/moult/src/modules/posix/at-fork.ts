/** `os.register_at_fork`: there is no fork here, but what is registered lives until the interpreter ends. */
import type { Owned, Ref } from '@moult/heap';
import { newRef, TypeWord } from '@moult/heap';
import { none, typeError } from '../../core/errors.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { kindName, slotOf } from '../../core/types.ts';
import { ModuleRef } from '../module-roots.ts';

/** Source: CPython 3.12 os_register_at_fork_impl. */
function registerAtFork(rt: Runtime, _module: Ref, before = 0, afterInChild = 0, afterInParent = 0): Owned {
  if (before === 0 && afterInChild === 0 && afterInParent === 0) typeError(rt, 'At least one argument is required.');
  const given = [
    [ModuleRef.BeforeFork, 'before', before],
    [ModuleRef.AfterForkInChild, 'after_in_child', afterInChild],
    [ModuleRef.AfterForkInParent, 'after_in_parent', afterInParent],
  ] as const;
  for (const [, name, function_] of given)
    if (function_ !== 0 && slotOf(rt, function_, TypeWord.Call) === 0)
      typeError(rt, `'${name}' must be callable, not ${kindName(rt, function_)}`);
  for (const [word, , function_] of given) if (function_ !== 0) register(rt, word, function_);
  return none();
}

function register(rt: Runtime, word: ModuleRef, function_: Ref): void {
  const H = rt.words;
  if (H[word] === 0) H[word] = newList(rt, 0);
  listAppendTake(rt, H[word], newRef(rt, function_));
}

export const AT_FORK = native(
  'register_at_fork($module, /, *, before=<unrepresentable>,\n                 after_in_child=<unrepresentable>,\n                 after_in_parent=<unrepresentable>)',
  registerAtFork,
  { doc: 'Register callables to be called when forking a new process.' },
);
