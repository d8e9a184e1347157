/** `sys.set_asyncgen_hooks` and `sys.get_asyncgen_hooks`. */
import { clearWord, newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { moduleType } from '../../core/type-spec.ts';
import { kindName, slotOf } from '../../core/types.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { temp, tempMark } from '../../core/temps.ts';

const HOOKS = defineStructSeq(
  moduleType(),
  'asyncgen_hooks',
  ['firstiter', 'finalizer'],
  'Hooks of asynchronous generators.',
);

function getHooks(rt: Runtime): Owned {
  const H = rt.words;
  const firstIter = newRef(rt, H[RootRef.AsyncGenFirstIter] || S.None);
  return newStructSeq(rt, HOOKS, tempMark(rt), [
    temp(rt, firstIter),
    temp(rt, newRef(rt, H[RootRef.AsyncGenFinalizer] || S.None)),
  ]);
}

function checkHook(rt: Runtime, name: string, hook: Ref): void {
  if (hook === 0 || hook === S.None || slotOf(rt, hook, TypeWord.Call) !== 0) return;
  typeError(rt, `callable ${name} expected, got ${kindName(rt, hook)}`);
}

/** What was not given stays; None removes the hook. */
function setHook(rt: Runtime, word: RootRef, hook: Ref): void {
  if (hook === 0) return;
  if (hook === S.None) clearWord(rt, word);
  else setWord(rt, word, newRef(rt, hook));
}

function setHooks(rt: Runtime, _module: Ref, firstIter: Ref, finalizer: Ref): Owned {
  checkHook(rt, 'finalizer', finalizer);
  checkHook(rt, 'firstiter', firstIter);
  setHook(rt, RootRef.AsyncGenFinalizer, finalizer);
  setHook(rt, RootRef.AsyncGenFirstIter, firstIter);
  return none();
}

export const ASYNC_HOOK_FUNCTIONS = [
  native('get_asyncgen_hooks($module, /)', getHooks, { doc: 'The hooks that are set, None where there is none.' }),
  native('set_asyncgen_hooks(firstiter=None, finalizer=None)', setHooks, {
    unsigned: true,
    doc: 'Sets hooks; None removes one.',
  }),
];
