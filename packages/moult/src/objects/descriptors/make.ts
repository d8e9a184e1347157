/** Making descriptors and builtin functions: the words only; the types are beside. */
import { gcNew, newRef, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { BuiltinWord, ClassMethodWord, DescrWord } from '../../core/layout/functions.ts';
import { GETSETS, MEMBERS, NATIVES } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { orRelease } from '../../core/temps.ts';

/** A descriptor of `kind` (a type) for attribute `name` (owned) of `owner`. Takes `name`. */
function newDescriptor(rt: Runtime, kind: Ref, owner: Ref, name: Owned, definition: number): Owned {
  const H = rt.words;
  const descriptor = gcNew(rt, kind);
  H[descriptor + DescrWord.Owner] = newRef(rt, owner);
  H[descriptor + DescrWord.Name] = name;
  H[descriptor + DescrWord.Qualname] = 0;
  H[descriptor + DescrWord.Definition] = definition;
  track(rt, descriptor);
  return descriptor;
}

/** A method_descriptor of the native. */
export function newMethodDescriptor(rt: Runtime, owner: Ref, native: number): Owned {
  return newDescriptor(rt, T.methodDescriptor, owner, internText(rt, NATIVES[native].name), native);
}

/** A classmethod_descriptor of the native. */
export function newClassMethodDescriptor(rt: Runtime, owner: Ref, native: number): Owned {
  return newDescriptor(rt, T.classmethodDescriptor, owner, internText(rt, NATIVES[native].name), native);
}

/** A getset_descriptor. */
export function newGetSetDescriptor(rt: Runtime, owner: Ref, definition: number): Owned {
  return newDescriptor(rt, T.getsetDescriptor, owner, internText(rt, GETSETS[definition].name), definition);
}

/** A member_descriptor of a static definition. */
export function newMemberDescriptor(rt: Runtime, owner: Ref, definition: number): Owned {
  return newDescriptor(rt, T.memberDescriptor, owner, internText(rt, MEMBERS[definition].name), definition);
}

/** A member_descriptor of a class statement's slot: the definition is minus the word. Borrows `name`. */
export function newSlotMember(rt: Runtime, owner: Ref, name: Ref, word: number): Owned {
  return newDescriptor(rt, T.memberDescriptor, owner, newRef(rt, name), -word);
}

/** A wrapper_descriptor of the slot function `wrapped` under row `row` of `SLOT_DEFS`. Borrows `name`. */
export function newWrapperDescriptor(rt: Runtime, owner: Ref, name: Ref, row: number, wrapped: number): Owned {
  const descriptor = newDescriptor(rt, T.wrapperDescriptor, owner, newRef(rt, name), row);
  rt.words[descriptor + DescrWord.Wrapped] = wrapped;
  return descriptor;
}

/** A builtin function: `self` and `module` are borrowed and may be 0. */
export function newBuiltin(rt: Runtime, native: number, self: Ref, module: Ref): Owned {
  const H = rt.words;
  const fn = gcNew(rt, T.builtinFunction);
  H[fn + BuiltinWord.Native] = native;
  H[fn + BuiltinWord.Self] = self === 0 ? 0 : newRef(rt, self);
  H[fn + BuiltinWord.Module] = module === 0 ? 0 : newRef(rt, module);
  track(rt, fn);
  return fn;
}

/** A `staticmethod` of `callable`. Takes it. */
export function newStaticMethod(rt: Runtime, callable: Owned): Owned {
  return wrapCallable(rt, T.staticmethod, callable);
}

/** A `classmethod` of `callable`. Takes it. */
export function newClassMethod(rt: Runtime, callable: Owned): Owned {
  return wrapCallable(rt, T.classmethod, callable);
}

function wrapCallable(rt: Runtime, type: Ref, callable: Owned): Owned {
  const wrapper = orRelease(rt, callable, () => gcNew(rt, type));
  rt.words[wrapper + ClassMethodWord.Callable] = callable;
  track(rt, wrapper);
  return wrapper;
}
