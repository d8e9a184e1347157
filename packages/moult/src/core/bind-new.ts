/** Arguments of constructors: from a tuple and a dict to one per parameter. */
import { TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { bindKeywords } from './call-native.ts';
import { dictGetText, dictLength, keywordsFromDict } from './dict/index.ts';
import { none, typeError } from './errors.ts';
import { native, NativeKind, readSignature } from './native.ts';
import type { NativeDefinition } from './native.ts';
import type { Runtime } from './runtime.ts';
import { dropTemp, popArgs, pushArgs, temp } from './temps.ts';

/** Parameters to bind arguments to: the signature without `$self`. Only while modules load. */
export function parameters(signature: string): NativeDefinition {
  return native(signature, none);
}

/** One reference per parameter, 0 where nothing was given; borrowed from `args` and `kwargs`. Raises TypeError. */
export function bindNew(rt: Runtime, def: NativeDefinition, args: Ref, kwargs: Ref): Ref[] {
  const H = rt.words;
  if (def.kind === NativeKind.Unread) readSignature(def);
  const count = def.parameters.length;
  const n = H[args + TupleWord.Size];
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (nkw !== 0) {
    const named = bindNamed(rt, def, args, n, kwargs, nkw);
    if (named !== null) return named;
  }
  const row = pushArgs(rt, n + nkw + count);
  H.copyWithin(row, args + TupleWord.Items, args + TupleWord.Items + n);
  const names = nkw === 0 ? 0 : temp(rt, keywordsFromDict(rt, kwargs, row + n));
  bindKeywords(rt, def, row, n, names, row + n + nkw);
  if (names !== 0) dropTemp(rt, names);
  const bound = Array.from(H.subarray(row + n + nkw, row + n + nkw + count));
  popArgs(rt, row);
  return bound;
}

/** The same without making a tuple of the keywords, which CPython does not; null: there is something to complain of. */
function bindNamed(rt: Runtime, def: NativeDefinition, args: Ref, n: number, kwargs: Ref, nkw: number): Ref[] | null {
  if (n > def.maxPositional) return null;
  const bound: Ref[] = [];
  let found = 0;
  for (let i = 0; i < def.parameters.length; i++) {
    const value =
      i < n
        ? rt.words[args + TupleWord.Items + i]
        : i < def.positionalOnly
          ? 0
          : dictGetText(rt, kwargs, def.parameters[i] as string);
    if (i >= n && value !== 0) found++;
    if (value === 0 && i < def.required) return null;
    bound.push(value);
  }
  return found === nkw ? bound : null;
}

/** Positional arguments only: `least` to `most` of them, those left out as 0. Raises TypeError as PyArg_UnpackTuple. */
export function unpackArguments(rt: Runtime, name: string, args: Ref, least: number, most: number): Ref[] {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  if (n < least || n > most) {
    const which = least === most ? '' : n < least ? 'at least ' : 'at most ';
    const wanted = n < least ? least : most;
    typeError(rt, `${name} expected ${which}${wanted} argument${wanted === 1 ? '' : 's'}, got ${n}`);
  }
  const bound: Ref[] = [];
  for (let i = 0; i < most; i++) bound.push(i < n ? H[args + TupleWord.Items + i] : 0);
  return bound;
}
