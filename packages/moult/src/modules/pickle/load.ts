/** Running a pickle: one function for each opcode. */
import { newRef } from '@moult/heap';
import type { Owned } from '@moult/heap';
import { newDict } from '../../core/dict/index.ts';
import { raise, valueError } from '../../core/errors.ts';
import { listTruncate, newList } from '../../core/list.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newSet } from '../../objects/set/index.ts';
import { loadExtension } from './find-class.ts';
import { UnpicklerWord } from './layout.ts';
import { truncated } from './input.ts';
import * as containers from './load-containers.ts';
import * as objects from './load-objects.ts';
import * as values from './load-values.ts';
import {
  memoGet,
  memoPut,
  pop,
  popMark,
  push,
  pushMark,
  stackItem,
  stackSize,
  top,
  underflow,
  unpicklingError,
} from './loader.ts';
import type { Loader } from './loader.ts';
import { Op, Protocol } from './opcodes.ts';
import { untemp } from '../../core/temps.ts';

type Load = (l: Loader) => void;

function loadProto(l: Loader): void {
  const proto = l.input.number(1);
  if (proto > Protocol.Highest) valueError(l.rt, `unsupported pickle protocol: ${proto}`);
  l.proto = proto;
  l.rt.words[l.self + UnpicklerWord.Proto] = proto;
}

/** Reads the whole frame at once. */
function loadFrame(l: Loader): void {
  const size = l.input.number(8);
  if (size > Number.MAX_SAFE_INTEGER) truncated(l.rt);
  l.input.ensure(size);
}

/** Source: CPython 3.12 load_pop. */
function loadPop(l: Loader): void {
  const size = stackSize(l);
  if (l.marks.length > 0 && l.marks.at(-1) === size) popMark(l);
  else if (size <= l.fence) underflow(l);
  else listTruncate(l.rt, l.stack, size - 1);
}

function loadPopMark(l: Loader): void {
  listTruncate(l.rt, l.stack, popMark(l));
}

function get(l: Loader, index: number): void {
  const value = index < 0 ? 0 : memoGet(l.rt, l.self, index);
  if (value === 0) unpicklingError(l.rt, `Memo value not found at index ${index}`);
  push(l, newRef(l.rt, value));
}

/** The line comes first, as in CPython: what is wrong with it is told even without a value. */
function put(l: Loader, index: number): void {
  if (stackSize(l) <= l.fence) underflow(l);
  memoPut(l.rt, l.self, index, stackItem(l, stackSize(l) - 1));
}

function loadPut(l: Loader): void {
  const index = values.lineNumber(l);
  if (stackSize(l) <= l.fence) underflow(l);
  if (index < 0) valueError(l.rt, 'negative PUT argument');
  put(l, index);
}

const pushing =
  (make: (l: Loader) => Owned): Load =>
  (l) => {
    push(l, make(l));
  };

/** By opcode; undefined for what is none, and for STOP. */
const LOADS: (Load | undefined)[] = [];

const numbered: readonly (readonly [Op, Load])[] = [
  [Op.Proto, loadProto],
  [Op.Frame, loadFrame],
  [Op.Mark, pushMark],
  [Op.Pop, loadPop],
  [Op.PopMark, loadPopMark],
  [Op.Dup, pushing((l) => newRef(l.rt, top(l)))],
  [Op.None, pushing(() => S.None as Owned)],
  [Op.NewTrue, pushing(() => pyBool(true) as Owned)],
  [Op.NewFalse, pushing(() => pyBool(false) as Owned)],
  [Op.EmptyTuple, pushing(() => S.EmptyTuple as Owned)],
  [Op.EmptyList, pushing((l) => newList(l.rt, 0))],
  [Op.EmptyDict, pushing((l) => newDict(l.rt))],
  [Op.EmptySet, pushing((l) => newSet(l.rt))],
  [Op.Int, values.loadInt],
  [Op.Long, values.loadLong],
  [Op.Float, values.loadFloat],
  [Op.BinFloat, values.loadBinFloat],
  [Op.String, values.loadString],
  [Op.Unicode, values.loadUnicode],
  [Op.ByteArray8, values.loadByteArray],
  [Op.NextBuffer, values.loadNextBuffer],
  [Op.ReadonlyBuffer, values.loadReadonlyBuffer],
  [Op.Tuple, containers.loadTuple],
  [Op.List, containers.loadList],
  [Op.Dict, containers.loadDict],
  [Op.FrozenSet, containers.loadFrozenSet],
  [Op.AddItems, containers.loadAddItems],
  [Op.Append, containers.loadAppend],
  [Op.Global, objects.loadGlobal],
  [Op.StackGlobal, objects.loadStackGlobal],
  [Op.Inst, objects.loadInst],
  [Op.Obj, objects.loadObj],
  [Op.Reduce, objects.loadReduce],
  [Op.Build, objects.loadBuild],
  [Op.PersId, objects.loadPersId],
  [Op.BinPersId, objects.loadBinPersId],
  [Op.Put, loadPut],
];
for (const [op, load] of numbered) LOADS[op] = load;

/** Opcodes that differ in a number. */
function family(load: (l: Loader, n: number) => void, ...members: readonly (readonly [Op, number])[]): void {
  for (const [op, n] of members) {
    LOADS[op] = (l) => {
      load(l, n);
    };
  }
}

family(values.loadBinInt, [Op.BinInt1, 1], [Op.BinInt2, 2], [Op.BinInt, 4]);
family(values.loadCountedLong, [Op.Long1, 1], [Op.Long4, 4]);
family(values.loadBinString, [Op.ShortBinString, 1], [Op.BinString, 4]);
family(values.loadBinUnicode, [Op.ShortBinUnicode, 1], [Op.BinUnicode, 4], [Op.BinUnicode8, 8]);
family(values.loadBinBytes, [Op.ShortBinBytes, 1], [Op.BinBytes, 4], [Op.BinBytes8, 8]);
family(containers.loadCountedTuple, [Op.Tuple1, 1], [Op.Tuple2, 2], [Op.Tuple3, 3]);
family(loadExtension, [Op.Ext1, 1], [Op.Ext2, 2], [Op.Ext4, 4]);
family(
  (l, n) => {
    put(l, n < 0 ? l.rt.words[l.self + UnpicklerWord.MemoCount] : l.input.number(n));
  },
  [Op.Memoize, -1],
  [Op.BinPut, 1],
  [Op.LongBinPut, 4],
);
family(
  (l, n) => {
    get(l, n < 0 ? values.lineNumber(l) : l.input.number(n));
  },
  [Op.Get, -1],
  [Op.BinGet, 1],
  [Op.LongBinGet, 4],
);
LOADS[Op.NewObj] = (l) => {
  objects.loadNewObject(l, false);
};
LOADS[Op.NewObjEx] = (l) => {
  objects.loadNewObject(l, true);
};
LOADS[Op.Appends] = (l) => {
  containers.appendFrom(l, popMark(l));
};
LOADS[Op.SetItem] = (l) => {
  containers.setItemsFrom(l, stackSize(l) - 2);
};
LOADS[Op.SetItems] = (l) => {
  containers.setItemsFrom(l, popMark(l));
};

/** Runs the pickle up to STOP and returns what is on top of the stack then. Source: CPython 3.12 load. @runsPython */
export function load(l: Loader): Owned {
  for (;;) {
    const op = l.input.byte();
    if (op < 0) raise(l.rt, T.EOFError, 'Ran out of input');
    if (op === (Op.Stop as number)) break;
    (LOADS[op] ?? unknown(l, op))(l);
  }
  l.input.skipUsed();
  return untemp(l.rt, pop(l));
}

function unknown(l: Loader, op: number): never {
  const plain = op >= 0x20 && op <= 0x7e && op !== 0x27 && op !== 0x5c;
  const shown = plain ? String.fromCharCode(op) : `\\x${op.toString(16).padStart(2, '0')}`;
  return unpicklingError(l.rt, `invalid load key, '${shown}'.`);
}
