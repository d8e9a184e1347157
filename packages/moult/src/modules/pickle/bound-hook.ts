/** `persistent_id` and `persistent_load`: functions that a program gives a pickler or unpickler, or that its subclass has as
 *  a method. A method of the object itself is kept as its function, so that the object does not own itself. */
import { newRef, ObjectWord, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { MethodWord } from '../../core/layout/functions.ts';
import { attributeError, typeError } from '../../core/errors.ts';
import { getset } from '../../core/native.ts';
import type { GetSetDefinition } from '../../core/native.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { slotOf } from '../../core/types.ts';
import { newMethod } from '../../objects/functions/make.ts';

/** Where the function and whether it is bound are kept. */
interface HookWords {
  readonly hook: number;
  readonly bound: number;
}

/** Looks the hook up on `self`. Source: CPython 3.12 init_method_ref. @runsPython */
export function findHook(rt: Runtime, self: Ref, name: string, words: HookWords): void {
  const H = rt.words;
  const found = lookupAttrText(rt, self, name);
  const bound =
    found !== 0 && H[found + ObjectWord.Type] === (T.method as number) && H[found + MethodWord.Self] === self;
  H[self + words.bound] = bound ? 1 : 0;
  if (!bound) {
    setWord(rt, self + words.hook, found);
    return;
  }
  temp(rt, found);
  setWord(rt, self + words.hook, newRef(rt, H[found + MethodWord.Function]));
  dropTemp(rt, found);
}

function getHook(rt: Runtime, self: Ref, name: string, words: HookWords): Owned {
  const H = rt.words;
  const hook = H[self + words.hook] || attributeError(rt, name);
  return H[self + words.bound] === 0 ? newRef(rt, hook) : newMethod(rt, hook, self);
}

function setHook(rt: Runtime, self: Ref, value: Ref, name: string, words: HookWords): void {
  if (value === 0) typeError(rt, 'attribute deletion is not supported');
  if (slotOf(rt, value, TypeWord.Call) === 0) typeError(rt, `${name} must be a callable taking one argument`);
  rt.words[self + words.bound] = 0;
  setWord(rt, self + words.hook, newRef(rt, value));
}

/** The attribute. */
export function hookAttribute(name: string, words: HookWords): GetSetDefinition {
  return getset(
    name,
    (rt, self) => getHook(rt, self, name, words),
    (rt, self, value) => {
      setHook(rt, self, value, name, words);
    },
  );
}
