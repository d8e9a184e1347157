/** Calling natives with a tuple and a dict, as slots like `tp_new` and `tp_init` have them. */
import { TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callNative } from './call-native.ts';
import { dictLength, keywordsFromDict } from './dict/index.ts';
import type { NativeDefinition } from './native.ts';
import type { Runtime } from './runtime.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from './temps.ts';

/** Calls the native with `self`, the items of `args` and the keywords in `kwargs` (a dict or 0). Argument checks and
 *  messages are those of the native's signature. @runsPython */
export function callNativeWithTuple(rt: Runtime, def: NativeDefinition, self: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return callNative(rt, def, self, args + TupleWord.Items, n, 0);
  const m = tempMark(rt);
  const base = pushArgs(rt, n + dictLength(rt, kwargs));
  H.copyWithin(base, args + TupleWord.Items, args + TupleWord.Items + n);
  const kwnames = temp(rt, keywordsFromDict(rt, kwargs, base + n));
  const result = callNative(rt, def, self, base, n, kwnames);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}
