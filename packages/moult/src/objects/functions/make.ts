/** Making functions, bound methods and cells. */
import { gcNew, newRef, ObjectWord, track, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetInterned } from '../../core/dict/index.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { CellWord, CodeWord, FunctionWord, MethodWord, ModuleWord } from '../../core/layout/functions.ts';
import { Id } from '../../core/names.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { isSubtype } from '../../core/types.ts';

/** `function` bound to `self`. Borrows both. (PyMethod_New) */
export function newMethod(rt: Runtime, fn: Ref, self: Ref): Owned {
  const H = rt.words;
  const method = gcNew(rt, T.method);
  H[method + MethodWord.Function] = newRef(rt, fn);
  H[method + MethodWord.Self] = newRef(rt, self);
  track(rt, method);
  return method;
}

/** A cell. Takes `value`, which may be 0. */
export function newCell(rt: Runtime, value: Owned | 0): Owned {
  const cell = gcNew(rt, T.cell);
  rt.words[cell + CellWord.Value] = value;
  track(rt, cell);
  return cell;
}

/** A function of `code` (borrowed) in the namespace `globals` (borrowed). (PyFunction_New) */
export function newFunction(rt: Runtime, code: Ref, globals: Ref): Owned {
  const H = rt.words;
  const builtins = builtinsOf(rt, globals);
  const module = dictGetInterned(rt, globals, Id.__name__);
  const fn = gcNew(rt, T.function);
  H[fn + FunctionWord.Globals] = newRef(rt, globals);
  H[fn + FunctionWord.Builtins] = newRef(rt, builtins);
  H[fn + FunctionWord.Name] = newRef(rt, H[code + CodeWord.Name]);
  H[fn + FunctionWord.Qualname] = newRef(rt, H[code + CodeWord.Qualname]);
  H[fn + FunctionWord.Code] = newRef(rt, code);
  H[fn + FunctionWord.Doc] = newRef(rt, docOf(rt, code));
  H[fn + FunctionWord.Module] = module === 0 ? 0 : newRef(rt, module);
  track(rt, fn);
  return fn;
}

/** The first constant if it is a str. */
function docOf(rt: Runtime, code: Ref): Ref {
  const H = rt.words;
  const consts = H[code + CodeWord.Consts];
  if (H[consts + TupleWord.Size] === 0) return S.None;
  const first = H[consts + TupleWord.Items];
  return H[first + ObjectWord.Type] === T.str ? first : S.None;
}

/** The namespace of builtins that belongs to `globals`: its `__builtins__`, or the running frame's, or the interpreter's. */
function builtinsOf(rt: Runtime, globals: Ref): Ref {
  const H = rt.words;
  const own = dictGetInterned(rt, globals, Id.__builtins__);
  if (own === 0) {
    const frame = H[RootNum.CurrentFrame];
    return frame === 0 ? H[RootRef.Builtins] : H[frame + FrameWord.Builtins];
  }
  return isSubtype(rt, H[own + ObjectWord.Type], T.module) ? H[own + ModuleWord.Dict] : own;
}
