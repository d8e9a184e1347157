/** Instructions that move: variables, constants, globals, cells, the stack itself. */
import { DictWord, KeysWord } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { CellWord } from '../../core/layout/functions.ts';
import { Quick } from '../../frames/quick.ts';
import { GlobalCache } from '../caches.ts';
import type { Instruction } from './instruction.ts';
import { borrowed, known, Pending, stored } from './operands.ts';
import type { Writer } from './writer.ts';

/** Writes the instruction if it is one of these. */
export function writeVariables(w: Writer, { op, arg, whole, unit, second }: Instruction): boolean {
  switch (op) {
    case Op.NOP:
    case Op.EXTENDED_ARG:
      return true;
    case Op.LOAD_FAST:
      w.push(borrowed(w.loadLocal(arg)));
      return true;
    case Op.LOAD_FAST_CHECK: {
      const js = w.loadLocal(arg);
      w.guard(`${js} !== 0`);
      w.push(borrowed(js));
      return true;
    }
    case Op.LOAD_CLOSURE:
      w.push(borrowed(w.loadLocal(arg)));
      return true;
    case Op.LOAD_CONST:
      w.push(w.constant(arg));
      return true;
    case Quick.LoadFastLoadFast:
    case Quick.LoadFastLoadConst:
    case Quick.StoreFastLoadFast:
    case Quick.StoreFastStoreFast:
    case Quick.LoadConstLoadFast:
      writePair(w, op, arg, second, unit);
      return true;
    case Op.STORE_FAST:
      storeLocal(w, arg);
      return true;
    case Op.LOAD_FAST_AND_CLEAR:
      w.store();
      w.emit(`${w.slot(w.stack.length)} = ${w.local(arg)}; ${w.local(arg)} = 0;`);
      w.forgetLocal(arg);
      w.push(stored());
      return true;
    case Op.LOAD_DEREF: {
      const value = w.name(`H[(${w.loadLocal(arg)} + ${CellWord.Value}) | 0]`);
      w.guard(`${value} !== 0`);
      w.push(borrowed(value));
      return true;
    }
    case Op.STORE_DEREF:
      storeInto(w, `(${w.loadLocal(arg)} + ${CellWord.Value}) | 0`);
      return true;
    case Op.PUSH_NULL:
      w.push(known(0));
      return true;
    case Op.POP_TOP:
      popTop(w);
      return true;
    case Op.COPY:
      copy(w, arg);
      return true;
    case Op.SWAP:
      swap(w, arg);
      return true;
    case Quick.LoadGlobalModule:
      w.guardUnit(whole);
      loadGlobal(w, arg, FrameWord.Globals, GlobalCache.Globals);
      return true;
    case Quick.LoadGlobalBuiltin:
      w.guardUnit(whole);
      w.guardOnce(`${keysVersion(FrameWord.Globals)} === ${w.cache(GlobalCache.Globals)}`);
      loadGlobal(w, arg, FrameWord.Builtins, GlobalCache.Builtins);
      return true;
    default:
      return false;
  }
}

function writePair(w: Writer, op: number, first: number, second: number, unit: number): void {
  switch (op) {
    case Quick.LoadFastLoadFast:
      w.push(borrowed(w.loadLocal(first)));
      w.push(borrowed(w.loadLocal(second)));
      return;
    case Quick.LoadFastLoadConst:
      w.push(borrowed(w.loadLocal(first)));
      w.push(w.constant(second));
      return;
    case Quick.LoadConstLoadFast:
      w.push(w.constant(first));
      w.push(borrowed(w.loadLocal(second)));
      return;
    case Quick.StoreFastLoadFast:
      storeLocal(w, first);
      w.push(borrowed(w.loadLocal(second)));
      return;
    default:
      storeLocal(w, first);
      w.unit = unit + 1;
      storeLocal(w, second);
  }
}

/** Pops into a local variable; what it held is released last. */
function storeLocal(w: Writer, n: number): void {
  w.store(1);
  const old = w.loadLocal(n);
  const value = w.pop();
  const js = w.take(value, w.stack.length);
  w.emit(`${w.local(n)} = ${js};`);
  const kind = w.kindOf(old);
  releaseOld(w, old, kind !== 0);
  w.localIs(n, js);
}

/** Releases what a word held before, if it held anything. What is known still holds if that was a number. */
function releaseOld(w: Writer, old: string, isPlain: boolean): void {
  w.emit(`if (${old} !== 0) {`);
  w.release(old, w.stack.length);
  w.emit('}');
  if (!isPlain) w.forgetGuards();
}

function storeInto(w: Writer, word: string): void {
  w.store(1);
  const at = w.name(word, 'w');
  const old = w.name(`H[${at}]`);
  const js = w.take(w.pop(), w.stack.length);
  w.emit(`H[${at}] = ${js};`);
  releaseOld(w, old, false);
}

function popTop(w: Writer): void {
  const top = w.peek(0);
  if (!top.stored) {
    w.pop();
    return;
  }
  w.store();
  const js = w.loadTop(0);
  w.pop();
  w.release(js, w.stack.length);
  w.forgetGuards();
}

function copy(w: Writer, n: number): void {
  const operand = w.peek(n - 1);
  if (operand.pending === Pending.None && !operand.stored) {
    w.push({ ...operand });
    return;
  }
  w.store();
  const js = w.loadTop(n - 1);
  const depth = w.stack.length;
  w.emit(w.keep(w.place(depth), js));
  w.push(stored(js));
}

function swap(w: Writer, n: number): void {
  const top = w.stack.length - 1;
  const other = top - n + 1;
  const [a, b] = [w.peek(0), w.peek(n - 1)];
  if (a.stored || b.stored) {
    w.storeAt(top);
    w.storeAt(other);
    const [x, y] = [w.load(top), w.load(other)];
    w.emit(`${w.slot(top)} = ${y}; ${w.slot(other)} = ${x};`);
  }
  const [above, below] = [w.peek(0), w.peek(n - 1)];
  w.stack[top] = below;
  w.stack[other] = above;
}

const keysVersion = (dict: number): string =>
  `H[(H[(H[(frame + ${dict}) | 0] + ${DictWord.Keys}) | 0] + ${KeysWord.Version}) | 0]`;

/** A value at the word of the keys of globals or built-ins that the cache has, if they have the version that is there. */
function loadGlobal(w: Writer, arg: number, dict: number, version: number): void {
  const keys = w.name(`H[(H[(frame + ${dict}) | 0] + ${DictWord.Keys}) | 0]`);
  w.guard(`H[(${keys} + ${KeysWord.Version}) | 0] === ${w.cache(version)}`);
  const value = w.name(`H[(${keys} + ${w.cache(GlobalCache.Word)}) | 0]`);
  w.guard(`${value} !== 0`);
  if ((arg & 1) !== 0) w.push(known(0));
  w.push(borrowed(value));
}
