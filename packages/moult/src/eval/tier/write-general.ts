/** Any instruction in its general form: its operands are put into the frame, and a function of the loop's does it. */
import { stackEffect } from '../../compiler/cfg/stack-depth.ts';
import { Op } from '../../compiler/opcodes.ts';
import { Quick } from '../../frames/quick.ts';
import type { Instruction } from './instruction.ts';
import { stored } from './operands.ts';
import type { Writer } from './writer.ts';

/** Writes the instruction, whose opcode as the compiler made it is `original`. False if only the loop can do it. */
export function writeGeneral(w: Writer, instruction: Instruction, original: number): boolean {
  const { arg, next, unit } = instruction;
  if (needsLoop(original)) return false;
  w.store();
  w.emit(w.where());
  w.emit(w.top());
  if (original === Op.RAISE_VARARGS || original === Op.RERAISE) {
    w.emit(raising(original, `rt, frame, ${w.sp()}, ${arg}`, unit));
    return true;
  }
  w.emit(statement(w, instruction, original));
  const effect = stackEffect({ op: original, arg }, false);
  // Some change operands below the top: nothing is known about any.
  w.stack = Array.from({ length: w.stack.length + effect }, () => stored());
  w.ran();
  w.checkForce(next);
  return true;
}

/** What throws in ways of its own, moves the frame, or is traced. */
function needsLoop(op: number): boolean {
  switch (op) {
    case Op.END_ASYNC_FOR:
    case Op.CLEANUP_THROW:
    case Op.INSTRUMENTED:
    case Op.INSTRUMENTED_RESUME:
    case Op.INTERPRETER_EXIT:
      return true;
    default:
      return false;
  }
}

/** An exception becomes pending, and the driver goes on from there. */
function raising(op: number, operands: string, unit: number): string {
  if (op === Op.RERAISE) return `prepareReraise(${operands}); rt.reraisedAt = ${unit}; return 0;`;
  return `raiseStatement(${operands}, ${unit}); return 0;`;
}

function statement(w: Writer, { arg, unit, op, isGeneral }: Instruction, original: number): string {
  const sp = w.sp();
  // What is learnt where too much has been seen would be learnt again each time.
  const at = isGeneral ? '0' : `(U + ${unit}) | 0`;
  const depth = w.stack.length;
  const slot = (n: number): string => w.slot(depth - n);
  switch (original) {
    case Op.LOAD_GLOBAL:
      return `loadGlobal(rt, frame, ${at}, ${arg}, ${sp});`;
    case Op.LOAD_ATTR:
      return `${(arg & 1) !== 0 ? 'loadMethod' : 'loadAttribute'}(rt, frame, ${at}, ${arg}, ${sp});`;
    case Op.STORE_ATTR:
      return `storeAttribute(rt, frame, ${at}, ${arg}, ${slot(1)}, ${slot(2)}); dropTwo(rt, frame, ${sp});`;
    case Op.BINARY_OP:
      return `binaryOperation(rt, frame, (U + ${unit + 1}) | 0, ${sp}, ${arg});`;
    case Op.COMPARE_OP:
      return compareStatement(w, op, arg);
    case Op.BINARY_SUBSCR:
      if (op === Quick.SubscriptDict) return `if (subscriptDict(rt, frame, ${sp}) === 0) return 0;`;
      if (op === Quick.SubscriptStr) return `subscriptStr(rt, frame, ${sp});`;
      return `replaceTwo(rt, frame, ${sp}, getItem(rt, ${slot(2)}, ${slot(1)}));`;
    case Op.STORE_SUBSCR:
      if (op === Quick.StoreSubscriptDict) return `storeSubscriptDict(rt, frame, ${sp});`;
      return `setItem(rt, ${slot(2)}, ${slot(1)}, ${slot(3)}); dropThree(rt, frame, ${sp});`;
    case Op.CONTAINS_OP:
      return `replaceTwo(rt, frame, ${sp}, containsItem(rt, ${slot(1)}, ${slot(2)}) === ${arg === 0} ? True : False);`;
    case Op.IS_OP:
      return `replaceTwo(rt, frame, ${sp}, (${slot(2)} === ${slot(1)}) === ${arg === 0} ? True : False);`;
    case Op.UNARY_NEGATIVE:
      return `if (!negateTop(rt, ${sp})) executeCold(rt, frame, ${sp}, ${original}, ${arg});`;
    case Op.BUILD_LIST:
      return `buildList(rt, frame, ${sp}, ${arg});`;
    default:
      return `executeCold(rt, frame, ${sp}, ${original}, ${arg});`;
  }
}

function compareStatement(w: Writer, op: number, arg: number): string {
  const depth = w.stack.length;
  const [a, b] = [w.slot(depth - 2), w.slot(depth - 1)];
  const order = arg >> 4;
  return `replaceTwo(rt, frame, ${w.sp()}, ${op === Quick.CompareStr ? 'compareStrings' : 'richCompare'}(rt, ${a}, ${b}, ${order}));`;
}
