/** Arithmetic and comparisons. */
import { BinaryOp, Op } from '../../compiler/opcodes.ts';
import { Quick } from '../../frames/quick.ts';
import { OperandKinds } from '../caches.ts';
import type { Instruction } from './instruction.ts';
import { Pending, pendingNumber, stored, truth } from './operands.ts';
import { Kind } from './writer.ts';
import type { Writer } from './writer.ts';

/** Writes the instruction if it is one of these. */
export function writeNumbers(w: Writer, instruction: Instruction): boolean {
  const { op, arg } = instruction;
  switch (op) {
    case Quick.AddInt:
      addInts(w, '+');
      return true;
    case Quick.SubtractInt:
      addInts(w, '-');
      return true;
    case Quick.AddFloat:
      computeFloats(w, '+');
      return true;
    case Quick.SubtractFloat:
      computeFloats(w, '-');
      return true;
    case Quick.MultiplyFloat:
      computeFloats(w, '*');
      return true;
    case Quick.PlainBinary:
      writePlain(w, instruction);
      return true;
    case Quick.CompareInt:
      compare(w, w.int(1), w.int(0), arg);
      return true;
    case Quick.CompareFloat:
      compare(w, w.float(1), w.float(0), arg);
      return true;
    case Op.IS_OP:
      return writeIs(w, arg);
    case Op.UNARY_NEGATIVE:
      if (w.kindAt(0) !== Kind.Float) return false;
      negateFloat(w);
      return true;
    case Op.UNARY_NOT:
      if (w.peek(0).condition === '') return false;
      w.push(truth(`!(${w.pop().condition})`));
      return true;
    default:
      return false;
  }
}

/** Drops two numbers that the frame holds. */
function dropNumbers(w: Writer): void {
  const [b, a] = [w.peek(0), w.peek(1)];
  const names = [a, b].map((operand, i) => (operand.stored ? w.loadTop(1 - i) : ''));
  w.pop();
  w.pop();
  for (const js of names) if (js !== '') w.releaseNumber(js);
}

/** A number has its object before an instruction makes another from it: addresses are those of the loop. */
function settle(w: Writer): void {
  const top = w.stack.length - 1;
  if (w.peek(1).pending === Pending.Int) w.storeAt(top - 1);
  if (w.peek(0).pending === Pending.Int) w.storeAt(top);
}

function addInts(w: Writer, sign: string): void {
  settle(w);
  const a = w.int(1);
  const b = w.int(0);
  const n = w.name(`(${a} ${sign} ${b}) | 0`, 'n');
  w.guard(`${n} < ${COMPACT_LIMIT} && ${n} > -${COMPACT_LIMIT}`);
  putInt(w, n);
}

const COMPACT_LIMIT = 1 << 30;

/** Replaces two ints by a compact one. Its object is made before those of the operands are released. */
function putInt(w: Writer, n: string): void {
  const depth = w.stack.length;
  if (!w.peek(0).stored && !w.peek(1).stored) {
    w.pop();
    w.pop();
    w.push(pendingNumber(n, Pending.Int));
    return;
  }
  w.store();
  const [a, b] = [w.loadTop(1), w.loadTop(0)];
  w.emit(w.where());
  w.emit(w.top(depth));
  const js = w.name(`makeInt(rt, ${n})`);
  w.emit(`${w.slot(depth - 2)} = ${js};`);
  w.pop();
  w.pop();
  w.releaseNumber(a);
  w.releaseNumber(b);
  w.learn(js, Kind.Int);
  w.push(stored(js));
}

function computeFloats(w: Writer, sign: string): void {
  const a = w.float(1);
  const b = w.float(0);
  const d = w.name(`${a} ${sign} ${b}`, 'd');
  dropNumbers(w);
  w.push(pendingNumber(d, Pending.Float));
}

function negateFloat(w: Writer): void {
  const d = w.name(`-${w.float(0)}`, 'd');
  const operand = w.peek(0);
  const js = operand.stored ? w.loadTop(0) : '';
  w.pop();
  if (js !== '') w.releaseNumber(js);
  w.push(pendingNumber(d, Pending.Float));
}

/** Symbols of comparison numbers. */
const COMPARISONS: readonly string[] = ['<', '<=', '===', '!==', '>', '>='];

function compare(w: Writer, a: string, b: string, arg: number): void {
  const c = w.name(`${a} ${COMPARISONS[arg >> 4]} ${b}`, 'c');
  dropNumbers(w);
  w.push(truth(c));
}

function writeIs(w: Writer, arg: number): boolean {
  if (w.peek(0).stored || w.peek(1).stored) return false;
  const [a, b] = [w.loadTop(1), w.loadTop(0)];
  w.pop();
  w.pop();
  w.push(truth(`${a} ${arg === 0 ? '===' : '!=='} ${b}`));
  return true;
}

/** BINARY_OP for which the loop has no quick instruction: by what its operands were when it gave up, and what is known of them now. */
function writePlain(w: Writer, { arg, seen, unit, next }: Instruction): void {
  const op = arg >= BinaryOp.INPLACE ? arg - BinaryOp.INPLACE : arg;
  const kinds = [w.kindAt(1), w.kindAt(0)];
  if (FLOAT_SIGNS[op] !== undefined && (kinds.includes(Kind.Float) || seen === OperandKinds.Floats)) {
    if (computeMixed(w, op)) return;
  } else if (seen === OperandKinds.Ints || (kinds[0] === Kind.Int && kinds[1] === Kind.Int)) {
    if (computeInts(w, op)) return;
  }
  w.store();
  w.emit(w.where());
  w.emit(w.top());
  w.emit(`binaryOperation(rt, frame, (U + ${unit + 1}) | 0, ${w.sp()}, ${arg});`);
  w.pop();
  w.pop();
  w.push(stored());
  w.ran();
  w.checkForce(next);
}

const FLOAT_SIGNS: Readonly<Partial<Record<number, string>>> = {
  [BinaryOp.ADD]: '+',
  [BinaryOp.SUBTRACT]: '-',
  [BinaryOp.MULTIPLY]: '*',
  [BinaryOp.TRUE_DIVIDE]: '/',
};

/** Of floats, or a float and an int that is known to be one. */
function computeMixed(w: Writer, op: number): boolean {
  const kinds = [w.kindAt(1), w.kindAt(0)];
  if (kinds[0] === Kind.Int && kinds[1] === Kind.Int) return false;
  settle(w);
  const a = kinds[0] === Kind.Int ? w.int(1) : w.float(1);
  const b = kinds[1] === Kind.Int ? w.int(0) : w.float(0);
  if (op === BinaryOp.TRUE_DIVIDE) w.guard(`${b} !== 0`);
  const d = w.name(`${a} ${FLOAT_SIGNS[op]} ${b}`, 'd');
  dropNumbers(w);
  w.push(pendingNumber(d, Pending.Float));
  return true;
}

/** An operator of two ints whose result is an int below 2^30, where it is one. */
function computeInts(w: Writer, op: number): boolean {
  const value = INT_VALUES[op];
  if (value === undefined) return false;
  settle(w);
  const a = w.int(1);
  const b = w.int(0);
  const { guard, js } = value(a, b);
  if (guard !== '') w.guard(guard);
  if (op === BinaryOp.MULTIPLY) {
    putProduct(w, w.name(js, 'p'));
    return true;
  }
  putInt(w, w.name(js, 'n'));
  return true;
}

type IntValue = (a: string, b: string) => { guard: string; js: string };

const INT_VALUES: Readonly<Partial<Record<number, IntValue>>> = {
  [BinaryOp.MULTIPLY]: (a, b) => ({ guard: '', js: `${a} * ${b}` }),
  [BinaryOp.FLOOR_DIVIDE]: (a, b) => ({ guard: `${b} > 0`, js: `floorDivide(${a}, ${b})` }),
  [BinaryOp.REMAINDER]: (a, b) => ({ guard: `${b} > 0`, js: `remainder(${a}, ${b})` }),
  [BinaryOp.AND]: (a, b) => ({ guard: '', js: `${a} & ${b}` }),
  [BinaryOp.OR]: (a, b) => ({ guard: '', js: `${a} | ${b}` }),
  [BinaryOp.XOR]: (a, b) => ({ guard: '', js: `${a} ^ ${b}` }),
  [BinaryOp.RSHIFT]: (a, b) => ({ guard: `${b} >= 0 && ${b} < 32`, js: `${a} >> ${b}` }),
};

/** Replaces two ints by their product, which may be a large one. */
function putProduct(w: Writer, product: string): void {
  w.guard(`${product} <= ${PRODUCT_MAX} && ${product} >= -${PRODUCT_MAX}`);
  w.store();
  const [a, b] = [w.loadTop(1), w.loadTop(0)];
  w.emit(w.where());
  w.emit(w.top());
  const js = w.name(`makeProduct(rt, ${product})`);
  w.emit(`${w.slot(w.stack.length - 2)} = ${js};`);
  w.pop();
  w.pop();
  w.releaseNumber(a);
  w.releaseNumber(b);
  w.push(stored(js));
}

/** Products up to here are exact. */
const PRODUCT_MAX = 2 ** 53 - 1;
