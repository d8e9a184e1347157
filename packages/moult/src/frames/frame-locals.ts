/**
 * The variables of a frame as a namespace: `locals()` and `frame.f_locals`.
 *
 * For module and class bodies that is the dict they run in. For functions it is a dict kept in the frame, brought up to
 * date on each request (CPython 3.12: a snapshot; writing to it does not change the variables).
 */
import { clearWord, newRef, ObjectWord, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CodeFlag, LocalKind } from '../compiler/code-data.ts';
import { Op } from '../compiler/opcodes.ts';
import { dictCopy, dictDelete, dictSet, newDict } from '../core/dict/index.ts';
import { catchOnly, caught, mark } from '../core/errors.ts';
import { FrameObjectWord, FrameWord } from '../core/layout/frame.ts';
import { CellWord, CodeWord } from '../core/layout/functions.ts';
import { reprText } from '../core/protocol/index.ts';
import { getItem, setItem } from '../core/protocol/item.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { dropTemp, temp } from '../core/temps.ts';
import type { ExecutableCode } from './executable-code.ts';
import { executable } from './frames.ts';

/** The frame's namespace up to date, borrowed from the frame. Inside a comprehension that runs in a module or class body it is
 *  a copy with the comprehension's variables, kept alive as a temporary. @runsPython */
export function frameLocals(rt: Runtime, frame: number): Ref {
  const locals = fastToLocals(rt, frame);
  const exec = executable(rt, rt.words[frame + FrameWord.Code]);
  let copy = 0;
  for (let i = 0; i < exec.nlocalsplus; i++) {
    if ((exec.data.localspluskinds[i] & LocalKind.Hidden) === 0) continue;
    const value = variable(rt, frame, exec, i);
    if (value === 0) continue;
    if (copy === 0) copy = temp(rt, copyNamespace(rt, locals));
    dictSet(rt, copy, variableName(rt, frame, i), value);
  }
  return copy === 0 ? locals : copy;
}

function copyNamespace(rt: Runtime, locals: Ref): Owned {
  return rt.words[locals + ObjectWord.Type] === T.dict ? dictCopy(rt, locals) : newDict(rt);
}

/** Brings the frame's namespace up to date and lends it. Source: CPython 3.12 PyFrame_FastToLocalsWithError. @runsPython */
export function fastToLocals(rt: Runtime, frame: number): Ref {
  const H = rt.words;
  if (H[frame + FrameWord.Locals] === 0) H[frame + FrameWord.Locals] = newDict(rt);
  const locals = H[frame + FrameWord.Locals];
  const exec = executable(rt, H[frame + FrameWord.Code]);
  for (let i = 0; i < exec.nlocalsplus; i++) {
    const kind = exec.data.localspluskinds[i];
    if ((kind & LocalKind.Hidden) !== 0 || isForeign(exec, kind)) continue;
    const value = variable(rt, frame, exec, i);
    if (value !== 0) store(rt, locals, variableName(rt, frame, i), value);
    else remove(rt, locals, variableName(rt, frame, i));
  }
  return locals;
}

/** A free variable of a class body is no part of its namespace. */
function isForeign(exec: ExecutableCode, kind: number): boolean {
  return (kind & LocalKind.Free) !== 0 && (exec.flags & CodeFlag.OPTIMIZED) === 0;
}

/** Value of variable `i`, through its cell; borrowed, 0 if unbound. */
function variable(rt: Runtime, frame: number, exec: ExecutableCode, i: number): Ref {
  const H = rt.words;
  if (H[frame + FrameWord.StackTop] === 0) return 0;
  const value = H[frame + FrameWord.LocalsPlus + i];
  if (value === 0) return 0;
  const kind = exec.data.localspluskinds[i];
  if ((kind & LocalKind.Free) !== 0) return H[value + CellWord.Value];
  const isCell =
    (kind & LocalKind.Cell) !== 0 &&
    H[value + ObjectWord.Type] === T.cell &&
    cellWasMade(exec, H[frame + FrameWord.PrevInstr], i);
  return isCell ? H[value + CellWord.Value] : value;
}

/** An argument may itself be a cell object before MAKE_CELL ran. */
function cellWasMade(exec: ExecutableCode, prevInstr: number, i: number): boolean {
  for (let unit = 0; unit <= prevInstr && unit < exec.units.length; unit++) {
    if (exec.originalOp(unit) === (Op.MAKE_CELL as number) && exec.units[unit] >> 8 === i) return true;
    if (exec.originalOp(unit) === (Op.RESUME as number)) return true;
  }
  return false;
}

function variableName(rt: Runtime, frame: number, i: number): Ref {
  const H = rt.words;
  return H[H[H[frame + FrameWord.Code] + CodeWord.LocalsPlusNames] + TupleWord.Items + i];
}

function store(rt: Runtime, locals: Ref, name: Ref, value: Ref): void {
  if (rt.words[locals + ObjectWord.Type] === T.dict) dictSet(rt, locals, name, value);
  else setItem(rt, locals, name, value);
}

function remove(rt: Runtime, locals: Ref, name: Ref): void {
  if (rt.words[locals + ObjectWord.Type] === T.dict) {
    dictDelete(rt, locals, name);
    return;
  }
  const m = mark(rt);
  try {
    setItem(rt, locals, name, 0);
  } catch (error) {
    catchOnly(rt, error, m, T.KeyError);
  }
}

/** What becomes of variables that the namespace lacks. */
export const enum Missing {
  Stay = 0,
  /** The compiler may have relied on them: they are bound to None, with a warning. */
  BecomeNone = 1,
}

/** Writes back what was done to a frame object's `f_locals` since it was asked for. Source: CPython 3.12 PyFrame_LocalsToFast.
 *  @runsPython */
export function writeBack(rt: Runtime, object: Ref, missing: Missing): void {
  const H = rt.words;
  if (H[object + FrameObjectWord.FastAsLocals] === 0) return;
  localsToFast(rt, H[object + FrameObjectWord.Frame], missing);
  H[object + FrameObjectWord.FastAsLocals] = 0;
}

/** Writes the namespace back into the variables. Source: CPython 3.12 _PyFrame_LocalsToFast. @runsPython */
export function localsToFast(rt: Runtime, frame: number, missing = Missing.Stay): void {
  const H = rt.words;
  const locals = H[frame + FrameWord.Locals];
  const exec = executable(rt, H[frame + FrameWord.Code]);
  if (locals === 0) return;
  for (let i = 0; i < exec.nlocalsplus; i++) {
    const kind = exec.data.localspluskinds[i];
    if ((kind & LocalKind.Hidden) !== 0 || isForeign(exec, kind)) continue;
    const value = lookup(rt, locals, variableName(rt, frame, i));
    if (value !== 0) assign(rt, frame, exec, i, value);
    else if (missing === Missing.BecomeNone) unbind(rt, frame, exec, i);
  }
}

function lookup(rt: Runtime, locals: Ref, name: Ref): Owned | 0 {
  const m = mark(rt);
  try {
    return getItem(rt, locals, name);
  } catch (error) {
    catchOnly(rt, error, m, T.KeyError);
    return 0;
  }
}

/** Takes `value`. */
function assign(rt: Runtime, frame: number, exec: ExecutableCode, i: number, value: Owned): void {
  if (variable(rt, frame, exec, i) === value) {
    temp(rt, value);
    dropTemp(rt, value);
    return;
  }
  const cell = cellOf(rt, frame, exec, i);
  setWord(rt, cell !== 0 ? cell + CellWord.Value : frame + FrameWord.LocalsPlus + i, value);
}

/** The cell of variable `i`, borrowed; 0 if it has none. */
function cellOf(rt: Runtime, frame: number, exec: ExecutableCode, i: number): Ref {
  const held = rt.words[frame + FrameWord.LocalsPlus + i];
  const isCell =
    held !== 0 &&
    rt.words[held + ObjectWord.Type] === T.cell &&
    (exec.data.localspluskinds[i] & (LocalKind.Cell | LocalKind.Free)) !== 0;
  return isCell ? held : 0;
}

/** A cell is emptied; what is in the frame itself becomes None. */
function unbind(rt: Runtime, frame: number, exec: ExecutableCode, i: number): void {
  if (variable(rt, frame, exec, i) === 0) return;
  const cell = cellOf(rt, frame, exec, i);
  if (cell !== 0) {
    clearWord(rt, cell + CellWord.Value);
    return;
  }
  const name = variableName(rt, frame, i);
  const m = mark(rt);
  try {
    rt.warnRuntime(`assigning None to unbound local ${reprText(rt, name)}`);
  } catch (error) {
    caught(rt, error, m);
    rt.writeUnraisable(rt.words[frame + FrameWord.FrameObject]);
  }
  setWord(rt, frame + FrameWord.LocalsPlus + i, newRef(rt, S.None));
}
