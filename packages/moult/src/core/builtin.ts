/** Looking up built-in functions by name, as iterators do to say how they are pickled. */
import type { Ref } from '@moult/heap';
import { dictGetText } from './dict/index.ts';
import { attributeError } from './errors.ts';
import { RootRef } from './roots.ts';
import type { Runtime } from './runtime.ts';

/** The object that the module `builtins` has under that name, borrowed. Raises AttributeError.
 *  Source: CPython 3.12 _PyEval_GetBuiltin. */
export function builtinNamed(rt: Runtime, name: string): Ref {
  const builtins = rt.words[RootRef.Builtins];
  const found = builtins === 0 ? 0 : dictGetText(rt, builtins, name);
  return found === 0 ? attributeError(rt, name) : found;
}
