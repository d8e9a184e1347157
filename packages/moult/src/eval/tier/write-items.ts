/** Items of containers, and making and unpacking them. */
import { ListWord, ObjectWord, TupleWord } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { T } from '../../core/static.ts';
import { Quick } from '../../frames/quick.ts';
import type { Instruction } from './instruction.ts';
import { borrowed, stored } from './operands.ts';
import { Kind } from './writer.ts';
import type { Writer } from './writer.ts';

/** Writes the instruction if it is one of these. */
export function writeItems(w: Writer, { op, arg }: Instruction): boolean {
  switch (op) {
    case Quick.SubscriptList:
    case Quick.SubscriptTuple:
      subscript(w, op === Quick.SubscriptList);
      return true;
    case Quick.StoreSubscriptList:
      return storeSubscript(w);
    case Quick.UnpackPair:
    case Quick.UnpackTuple:
      unpack(w, op === Quick.UnpackPair ? 2 : arg);
      return true;
    case Op.BUILD_TUPLE:
      buildTuple(w, arg);
      return true;
    case Op.LIST_APPEND:
      append(w, arg);
      return true;
    default:
      return false;
  }
}

function guardKind(w: Writer, js: string, type: number, kind: Kind): void {
  if (w.kindOf(js) === kind) return;
  w.guard(`H[(${js} + ${ObjectWord.Type}) | 0] === ${type}`);
  w.learn(js, kind);
}

/** Size of a list or a tuple: the same word. */
const sizeOf = (js: string): string => `H[(${js} + ${ListWord.Size}) | 0]`;

/** The place of an item, counted from the start. */
function indexIn(w: Writer, container: string): string {
  const given = w.int(0);
  const size = w.name(sizeOf(container), 'n');
  const i = w.name(`${given} < 0 ? (${given} + ${size}) | 0 : ${given}`, 'i');
  w.guard(`${i} >= 0 && ${i} < ${size}`);
  return i;
}

function subscript(w: Writer, isList: boolean): void {
  const container = w.loadTop(1);
  guardKind(w, container, isList ? T.list : T.tuple, isList ? Kind.List : Kind.Tuple);
  const i = indexIn(w, container);
  const word = isList
    ? `(H[(${container} + ${ListWord.Items}) | 0] + ${i}) | 0`
    : `(${container} + ${TupleWord.Items} + ${i}) | 0`;
  const item = w.name(`H[${word}]`);
  const key = w.peek(0).stored ? w.loadTop(0) : '';
  if (!w.peek(1).stored) {
    w.pop();
    w.pop();
    if (key !== '') w.releaseNumber(key);
    w.push(borrowed(item));
    return;
  }
  // The key has its object while a destructor of the container's may look.
  w.store();
  const keyObject = w.loadTop(0);
  const depth = w.stack.length;
  w.emit(w.keep(w.place(depth - 2), item));
  w.release(container, depth);
  w.pop();
  w.pop();
  w.releaseNumber(keyObject);
  w.push(stored(item));
  w.forgetGuards();
}

/** An item of a list that something else holds. */
function storeSubscript(w: Writer): boolean {
  if (w.peek(1).stored || w.peek(0).stored) return false;
  const list = w.loadTop(1);
  guardKind(w, list, T.list, Kind.List);
  const i = w.int(0);
  w.guard(`${i} >= 0 && ${i} < ${sizeOf(list)}`);
  const depth = w.stack.length - 3;
  const key = w.pop();
  w.pop();
  w.store(1);
  const value = w.take(w.pop(), depth);
  const word = w.name(`(H[(${list} + ${ListWord.Items}) | 0] + ${i}) | 0`, 'w');
  const old = w.name(`H[${word}]`);
  w.emit(`H[${word}] = ${value};`);
  const count = w.fresh('c');
  w.emit(`const ${count} = H[${old}];`);
  const keyObject = key.js === '' ? '0' : key.js;
  w.emit(
    `if (${count} > 1) H[${old}] = (${count} - 1) | 0; else if (${count} > 0) releaseReplacedItem(rt, frame, ${w.place(depth)}, ${old}, ${list}, ${keyObject}, ${w.unit});`,
  );
  w.forgetGuards();
  return true;
}

function unpack(w: Writer, n: number): void {
  const tuple = w.loadTop(0);
  guardKind(w, tuple, T.tuple, Kind.Tuple);
  w.guard(`${sizeOf(tuple)} === ${n}`);
  const items = Array.from({ length: n }, (_, i) => w.name(`H[(${tuple} + ${TupleWord.Items + i}) | 0]`)).reverse();
  if (!w.peek(0).stored) {
    w.pop();
    for (const item of items) w.push(borrowed(item));
    return;
  }
  w.pop();
  for (const item of items) {
    w.emit(w.keep(w.place(w.stack.length), item));
    w.push(stored(item));
  }
  w.release(tuple, w.stack.length);
  w.forgetGuards();
}

function buildTuple(w: Writer, n: number): void {
  w.store();
  w.emit(w.where());
  w.emit(w.top());
  const tuple = w.name(`newTuple(rt, ${n})`);
  const first = w.stack.length - n;
  for (let i = 0; i < n; i++)
    w.emit(`H[(${tuple} + ${TupleWord.Items + i}) | 0] = ${w.stack[first + i]?.js || w.slot(first + i)};`);
  w.stack.length = first;
  w.emit(`${w.slot(first)} = ${tuple};`);
  w.push(stored(tuple));
}

/** LIST_APPEND of a comprehension. */
function append(w: Writer, n: number): void {
  w.store(1);
  const depth = w.stack.length - 1;
  const list = w.load(depth - n);
  const value = w.take(w.pop(), depth);
  appendTo(w, list, value, depth);
}

/** Appends a value, which is given away. */
export function appendTo(w: Writer, list: string, value: string, depth: number): void {
  const size = w.name(sizeOf(list), 'n');
  w.emit(
    `if (${size} < H[(${list} + ${ListWord.Allocated}) | 0]) { H[(H[(${list} + ${ListWord.Items}) | 0] + ${size}) | 0] = ${value}; H[(${list} + ${ListWord.Size}) | 0] = (${size} + 1) | 0; }`,
  );
  w.emit(`else { ${w.where()} ${w.top(depth)} listAppendTake(rt, ${list}, ${value}); }`);
}
