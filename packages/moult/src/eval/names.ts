/** Names: globals, built-ins, class and module namespaces. */
import { DictWord, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDelete, dictGet, dictSet, entryValueWord, keysVersion } from '../core/dict/index.ts';
import { catchOnly, mark, raise } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CodeWord } from '../core/layout/functions.ts';
import { getItem, setItem } from '../core/protocol/item.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { Quick } from '../frames/quick.ts';
import { GlobalCache } from './caches.ts';
import { becomes } from './specialize.ts';
import { nameError } from './unbound.ts';

/** Name `index` of the frame's code, borrowed. */
export function codeName(rt: Runtime, frame: number, index: number): Ref {
  const H = rt.words;
  return H[H[H[frame + FrameWord.Code] + CodeWord.Names] + TupleWord.Items + index];
}

/** LOAD_GLOBAL at word `at` (0: nothing is learnt): pushes null if the argument's low bit is set, then the value of a name. Returns the new `sp`. Raises
 *  NameError. @runsPython for namespaces that are no plain dicts */
export function loadGlobal(rt: Runtime, frame: number, at: number, arg: number, sp: number): number {
  const H = rt.words;
  const value = findGlobal(rt, frame, at, arg >> 1);
  if ((arg & 1) !== 0) H[sp++] = 0;
  H[sp] = newRef(rt, value);
  return sp + 1;
}

function findGlobal(rt: Runtime, frame: number, at: number, index: number): Ref {
  const H = rt.words;
  const name = codeName(rt, frame, index);
  const globals = H[frame + FrameWord.Globals];
  const builtins = H[frame + FrameWord.Builtins];
  let value = dictGet(rt, globals, name);
  const inGlobals = value !== 0;
  if (!inGlobals)
    value = H[builtins + ObjectWord.Type] === T.dict ? dictGet(rt, builtins, name) : getBuiltin(rt, builtins, name);
  if (value === 0) nameError(rt, name);
  if (H[globals + ObjectWord.Type] === T.dict && H[builtins + ObjectWord.Type] === T.dict)
    learnGlobal(rt, at, name, globals, inGlobals ? 0 : builtins);
  return value;
}

/** Remembers where the value is, when both tables can be versioned. */
function learnGlobal(rt: Runtime, at: number, name: Ref, globals: Ref, builtins: Ref): void {
  if (at === 0) return;
  const H = rt.words;
  const keys = H[globals + DictWord.Keys];
  const holder = builtins === 0 ? keys : H[builtins + DictWord.Keys];
  const word = entryValueWord(rt, builtins === 0 ? globals : builtins, name);
  const globalsVersion = keysVersion(rt, keys);
  const builtinsVersion = builtins === 0 ? 0 : keysVersion(rt, holder);
  if (word === 0 || globalsVersion === 0 || (builtins !== 0 && builtinsVersion === 0)) return;
  H[at + GlobalCache.Globals] = globalsVersion;
  H[at + GlobalCache.Builtins] = builtinsVersion;
  H[at + GlobalCache.Word] = word - holder;
  becomes(H, at, builtins === 0 ? Quick.LoadGlobalModule : Quick.LoadGlobalBuiltin);
}

function getBuiltin(rt: Runtime, builtins: Ref, name: Ref): Ref {
  const m = mark(rt);
  try {
    return getItem(rt, builtins, name);
  } catch (error) {
    catchOnly(rt, error, m, T.KeyError);
    return 0;
  }
}

/** LOAD_NAME: locals, globals, built-ins. Owned. @runsPython */
export function loadName(rt: Runtime, frame: number, name: Ref): Owned {
  const H = rt.words;
  const locals = H[frame + FrameWord.Locals];
  if (locals === 0) raise(rt, T.SystemError, 'no locals found when loading a name');
  return loadFrom(rt, locals, name) || loadGlobalOrBuiltin(rt, frame, name);
}

/** `mapping[name]`, owned; 0 if there is no such key. @runsPython */
export function loadFrom(rt: Runtime, mapping: Ref, name: Ref): Owned | 0 {
  if (rt.words[mapping + ObjectWord.Type] === T.dict) {
    const value = dictGet(rt, mapping, name);
    return value === 0 ? 0 : newRef(rt, value);
  }
  const m = mark(rt);
  try {
    return getItem(rt, mapping, name);
  } catch (error) {
    catchOnly(rt, error, m, T.KeyError);
    return 0;
  }
}

/** The name from globals or built-ins, owned. Raises NameError. @runsPython */
export function loadGlobalOrBuiltin(rt: Runtime, frame: number, name: Ref): Owned {
  const H = rt.words;
  const value = dictGet(rt, H[frame + FrameWord.Globals], name);
  if (value !== 0) return newRef(rt, value);
  return loadFrom(rt, H[frame + FrameWord.Builtins], name) || nameError(rt, name);
}

/** STORE_NAME @runsPython */
export function storeName(rt: Runtime, frame: number, name: Ref, value: Ref): void {
  const H = rt.words;
  const locals = H[frame + FrameWord.Locals];
  if (locals === 0) raise(rt, T.SystemError, 'no locals found when storing a name');
  if (H[locals + ObjectWord.Type] === T.dict) dictSet(rt, locals, name, value);
  else setItem(rt, locals, name, value);
}

/** DELETE_NAME @runsPython */
export function deleteName(rt: Runtime, frame: number, name: Ref): void {
  const H = rt.words;
  const locals = H[frame + FrameWord.Locals];
  const m = mark(rt);
  if (H[locals + ObjectWord.Type] === T.dict) {
    if (!dictDelete(rt, locals, name)) nameError(rt, name);
    return;
  }
  try {
    setItem(rt, locals, name, 0);
  } catch (error) {
    catchOnly(rt, error, m, T.KeyError);
    nameError(rt, name);
  }
}

/** STORE_GLOBAL */
export function storeGlobal(rt: Runtime, frame: number, name: Ref, value: Ref): void {
  dictSet(rt, rt.words[frame + FrameWord.Globals], name, value);
}

/** DELETE_GLOBAL */
export function deleteGlobal(rt: Runtime, frame: number, name: Ref): void {
  if (!dictDelete(rt, rt.words[frame + FrameWord.Globals], name)) nameError(rt, name);
}
