/** Jumps, loops, calls and returns. */
import { GcRoot, ListWord, ObjectWord, TupleWord } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { RangeIteratorWord, SequenceIteratorWord } from '../../core/layout/iterators.ts';
import { DescrWord } from '../../core/layout/functions.ts';
import { S, T } from '../../core/static.ts';
import { Quick } from '../../frames/quick.ts';
import { AttrCache, CallCache } from '../caches.ts';
import type { Instruction } from './instruction.ts';
import { borrowed, Pending, pendingNumber, stored } from './operands.ts';
import { Kind, OUT_OF_FORCE } from './writer.ts';
import type { Writer } from './writer.ts';
import { appendTo } from './write-items.ts';
import { writeNativeCall } from './write-natives.ts';

/** Writes the instruction if it is one of these. */
export function writeControl(w: Writer, instruction: Instruction): boolean {
  const { op, arg, target, next, unit } = instruction;
  switch (op) {
    case Op.RESUME:
      if (arg >= 2) return true;
      w.store();
      w.emit(`if (H[${GcRoot.EvalBreaker}] !== 0) { ${w.where()} ${w.top()} handleBreaker(rt); }`);
      w.checkForce(next);
      w.ran();
      return true;
    case Op.JUMP_FORWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
      w.store();
      w.emit(w.jump(target));
      return true;
    case Op.JUMP_BACKWARD:
      jumpBack(w, target);
      return true;
    case Op.POP_JUMP_IF_FALSE:
      jumpIf(w, target, false);
      return true;
    case Op.POP_JUMP_IF_TRUE:
      jumpIf(w, target, true);
      return true;
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_NOT_NONE:
      jumpIfNone(w, target, op === Op.POP_JUMP_IF_NONE);
      return true;
    case Quick.ForRange:
      forRange(w, target);
      return true;
    case Quick.ForList:
    case Quick.ForTuple:
      forSequence(w, target, op === Quick.ForList);
      return true;
    case Quick.ForGenerator:
      w.store();
      w.enter(`resumeGenerator(rt, frame, ${w.sp()}, ${unit}, ${target - 1})`);
      w.guard('false');
      w.push(stored());
      return true;
    case Op.SEND:
      w.store();
      w.enter(`sendTo(rt, frame, ${w.sp()}, ${unit}, ${target})`);
      w.emit(`if (sendOther(rt, frame, ${w.sp()}, ${unit}, ${target})) ${w.jump(target)}`);
      w.stack[w.stack.length - 1] = stored();
      w.ran();
      w.checkForce(next);
      return true;
    case Op.FOR_ITER:
      w.store();
      w.emit(`if (!nextItem(rt, frame, ${w.sp()}, ${unit})) ${w.jump(target)}`);
      w.push(stored());
      w.ran();
      return true;
    case Op.GET_ITER:
      w.store();
      w.emit(`getIter(rt, frame, ${w.sp()}, ${unit});`);
      w.pop();
      w.push(stored());
      w.ran();
      w.checkForce(next);
      return true;
    case Quick.CallListAppend:
      if (!appendInLine(w)) appendStored(w);
      return true;
    case Quick.CallLen:
      w.store();
      w.guard(`callLen(rt, frame, ${w.sp()}, ${unit})`);
      w.stack.length -= 3;
      w.push(stored());
      w.forgetGuards();
      return true;
    case Op.CALL:
      writeCall(w, instruction, namesBefore(w));
      return true;
    case Op.KW_NAMES:
      w.keywords = w.constant(arg).js;
      return true;
    case Op.CALL_FUNCTION_EX:
      w.store();
      w.enterCall(`callEx(rt, frame, ${w.sp()}, ${arg}, ${unit})`);
      w.stack.length -= 3 + (arg & 1);
      pushResult(w, next);
      return true;
    case Quick.LoadAttrProperty:
      w.store();
      w.enterCall(
        `loadProperty(rt, frame, ${w.sp()}, ${arg}, ${unit}, ${w.cache(0)} === ${instruction.whole} ? ${w.cache(AttrCache.Version)} : 0, ${w.cache(AttrCache.Where)})`,
      );
      if ((arg & 1) !== 0) w.push(stored());
      w.stack[w.stack.length - 1 - (arg & 1)] = stored();
      w.ran();
      w.checkForce(next);
      return true;
    case Quick.SubscriptMethod:
      w.store();
      w.enterCall(`subscriptMethod(rt, frame, ${w.sp()}, ${unit})`);
      w.stack.length -= 2;
      pushResult(w, next);
      return true;
    case Op.RETURN_GENERATOR:
      w.store();
      w.emit(`return returnGenerator(rt, frame, ${w.sp()}, ${unit}, entry);`);
      return true;
    case Op.RETURN_CONST:
      w.push(w.constant(arg));
      writeReturn(w, 'leave');
      return true;
    case Op.RETURN_VALUE:
      writeReturn(w, 'leave');
      return true;
    case Op.YIELD_VALUE:
      writeReturn(w, 'yieldValue');
      return true;
    default:
      return false;
  }
}

function jumpBack(w: Writer, target: number): void {
  w.store();
  w.emit(`if (H[${GcRoot.EvalBreaker}] !== 0) { ${w.where()} ${w.top()} handleBreaker(rt);`);
  w.emit(`if (${OUT_OF_FORCE}) left = 0; }`);
  w.emit(`left = (left - 1) | 0; if (left < 0) return goOn(frame, ${target}, ${w.words()});`);
  w.emit(w.jump(target));
}

function jumpIf(w: Writer, target: number, wanted: boolean): void {
  w.store(1);
  const operand = w.peek(0);
  if (operand.condition !== '') {
    w.pop();
    w.emit(`if (${wanted ? '' : '!'}(${operand.condition})) ${w.jump(target)}`);
    return;
  }
  const js = w.loadTop(0);
  const isStored = w.peek(0).stored;
  w.pop();
  const truth = `(${js} === ${S.True} || (${js} !== ${S.False} && ${js} !== ${S.None} && testTruth(rt, frame, ${w.place(w.stack.length)}, ${js}, ${isStored}, ${w.unit})))`;
  w.emit(`if (${wanted ? '' : '!'}${truth}) ${w.jump(target)}`);
  w.ran();
}

function jumpIfNone(w: Writer, target: number, wanted: boolean): void {
  w.store(1);
  const js = w.loadTop(0);
  const isStored = w.peek(0).stored;
  w.pop();
  if (isStored) {
    w.release(js, w.stack.length);
    w.forgetGuards();
  }
  w.emit(`if (${js} ${wanted ? '===' : '!=='} ${S.None}) ${w.jump(target)}`);
}

/** Drops an exhausted iterator and goes on after the loop. */
function endOfLoop(w: Writer, iterator: string, target: number): string {
  return `{ ${w.where()} ${w.top(w.stack.length - 1)} decref(rt, ${iterator}); ${w.jump(target)} }`;
}

function forRange(w: Writer, target: number): void {
  w.store();
  const iterator = w.loadTop(0);
  const word = (index: number): string => `H[(${iterator} + ${index}) | 0]`;
  w.guard(`${word(ObjectWord.Type)} === ${T.rangeIterator} && ${word(RangeIteratorWord.Wide)} === 0`);
  const left = w.name(word(RangeIteratorWord.Left), 'n');
  w.emit(`if (${left} <= 0) ${endOfLoop(w, iterator, target)}`);
  const n = w.name(word(RangeIteratorWord.Next), 'n');
  w.emit(`${word(RangeIteratorWord.Left)} = (${left} - 1) | 0;`);
  w.emit(`${word(RangeIteratorWord.Next)} = (${n} + ${word(RangeIteratorWord.Step)}) | 0;`);
  w.push(pendingNumber(n, Pending.Int));
}

function forSequence(w: Writer, target: number, isList: boolean): void {
  w.store();
  const iterator = w.loadTop(0);
  const word = (index: number): string => `H[(${iterator} + ${index}) | 0]`;
  w.guard(`${word(ObjectWord.Type)} === ${isList ? T.listIterator : T.tupleIterator}`);
  const sequence = w.name(word(SequenceIteratorWord.Sequence));
  const i = w.name(word(SequenceIteratorWord.Index), 'i');
  w.emit(`if (${sequence} === 0 || ${i} >= H[(${sequence} + ${ListWord.Size}) | 0]) {`);
  w.emit(`${word(SequenceIteratorWord.Sequence)} = 0; ${w.where()} ${w.top()}`);
  w.emit(`if (${sequence} !== 0) decref(rt, ${sequence});`);
  w.emit(`${endOfLoop(w, iterator, target)} }`);
  w.emit(`${word(SequenceIteratorWord.Index)} = (${i} + 1) | 0;`);
  const items = isList ? `H[(${sequence} + ${ListWord.Items}) | 0]` : `${sequence} + ${TupleWord.Items}`;
  w.push(borrowed(w.name(`H[(${items} + ${i}) | 0]`)));
}

/** CALL of `list.append` whose result the next instruction would drop; false if operands are in the frame. */
function appendInLine(w: Writer): boolean {
  const method = w.peek(2);
  const list = w.peek(1);
  if (method.js === '' || method.js === '0' || method.stored || list.stored) return false;
  w.guard(
    `${method.js} !== 0 && H[(${method.js} + ${ObjectWord.Type}) | 0] === ${T.methodDescriptor} && H[(${method.js} + ${DescrWord.Definition}) | 0] === ${w.cache(CallCache.Native)}`,
  );
  const js = w.loadTop(1);
  if (w.kindOf(js) !== Kind.List) {
    w.guard(`H[(${js} + ${ObjectWord.Type}) | 0] === ${T.list}`);
    w.learn(js, Kind.List);
  }
  const value = w.pop();
  w.pop();
  w.pop();
  w.store();
  const depth = w.stack.length;
  appendTo(w, js, w.take(value, depth), depth);
  // POP_TOP comes next: there is nothing to drop.
  w.push(borrowed(String(S.None)));
  return true;
}

/** The same with operands that the frame holds. */
function appendStored(w: Writer): void {
  w.store();
  w.guard(`callAppend(rt, frame, ${w.sp()}, ${w.unit})`);
  w.stack.length -= 3;
  w.push(borrowed(String(S.None)));
  w.ran();
}

function namesBefore(w: Writer): string {
  const names = w.keywords;
  w.keywords = '0';
  return names;
}

function writeCall(w: Writer, { arg, unit, next, callee }: Instruction, names: string): void {
  const isSimple = callee === 0 && names === '0' && writeSimpleCall(w, arg);
  if (isSimple) w.emit('else {');
  w.store();
  const isNative = callee !== 0 && names === '0' && writeNativeCall(w, callee, arg);
  if (isNative) w.emit('else {');
  w.enterCall(`call(rt, frame, ${w.sp()}, ${arg}, ${names}, ${unit})`);
  if (isSimple || isNative) w.emit('}');
  w.stack.length -= arg + 2;
  pushResult(w, next);
}

/** Writes `if (it is simple) { … }` for the CALL of a function written in Python whose arguments are only to be copied: they go to its
 *  frame at once. False, with nothing done, where it is not known what is called. */
function writeSimpleCall(w: Writer, arg: number): boolean {
  const depth = w.stack.length - arg - 2;
  for (let n = 0; n <= arg + 1; n++) if (w.peek(n).pending !== Pending.None) w.loadTop(n);
  for (let i = 0; i < depth; i++) w.storeAt(i);
  const isMethod = w.peek(arg + 1).js !== '0';
  if (isMethod && w.peek(arg + 1).stored && w.peek(arg + 1).js === '') return false;
  const nargs = isMethod ? arg + 1 : arg;
  const values = Array.from({ length: nargs + 1 }, (_, i) => w.loadTop(nargs - i));
  const [callable = ''] = values;
  const owned = Array.from({ length: nargs + 1 }, (_, i) => w.peek(nargs - i).stored);
  const callee = w.fresh('e');
  w.emit(`if (isSimple(${callable}, ${nargs})) {`);
  for (const [i, js] of values.entries()) if (owned[i] !== true) w.emit(w.count(js));
  w.emit(`const ${callee} = pushSimple(rt, ${callable});`);
  for (let i = 1; i <= nargs; i++) w.emit(`H[(${callee} + ${FrameWord.LocalsPlus + i - 1}) | 0] = ${values[i]};`);
  w.emit(`enterSimple(rt, frame, ${callee}, ${w.words(depth)}, ${w.unit});`);
  w.runCallee();
  w.emit('}');
  return true;
}

/** What a call left in the frame. */
function pushResult(w: Writer, next: number): void {
  w.push(stored());
  w.ran();
  w.checkForce(next);
}

/** Leaves the frame with the top. */
function writeReturn(w: Writer, how: string): void {
  const depth = w.stack.length - 1;
  w.store(1);
  const js = w.take(w.pop(), depth);
  w.emit(`return ${how}(rt, frame, ${w.sp(depth)}, ${js}, ${w.unit}, entry);`);
}
