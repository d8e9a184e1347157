/**
 * Instructions that are rare or long, out of the loop's line. Each gets the frame, the stack's end and the argument and returns
 * the new end of the stack; operands stay on the stack until the operation is done, so a throw leaves them to the unwinder.
 */
import { decref, newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Op, OPCODES } from '../compiler/opcodes.ts';
import { call0 } from '../core/call.ts';
import { dictGetText, dictSetText, newDict } from '../core/dict/index.ts';
import { raise, systemError, typeError } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CellWord, CodeWord, FunctionWord } from '../core/layout/functions.ts';
import { setAttr } from '../core/protocol/attribute.ts';
import { isTrue } from '../core/protocol/compare.ts';
import { contains, getItem, length, setItem } from '../core/protocol/item.ts';
import { iter } from '../core/protocol/iterate.ts';
import { unaryOp } from '../core/protocol/number.ts';
import type { Runtime } from '../core/runtime.ts';
import { newInt } from '../core/int.ts';
import { Id } from '../core/names.ts';
import { pyBool, S, T } from '../core/static.ts';
import { internText } from '../core/str.ts';
import { dropTemp, temp, untemp } from '../core/temps.ts';
import { kindName } from '../core/types.ts';
import { exceptionGroupMatch } from '../objects/exceptions/except-star.ts';
import { lookupSpecial } from '../objects/type/lookup.ts';
import { newSlice } from '../core/slice.ts';
import { asyncInstruction } from './async.ts';
import { buildInstruction } from './build.ts';
import { newCell, makeFunction } from './closures.ts';
import { executable } from '../frames/frames.ts';
import { importFrom, importName } from './imports.ts';
import { intrinsic1, intrinsic2 } from './intrinsics.ts';
import { checkExceptionMatch, popExcept, pushExcInfo, withExceptStart } from './handlers.ts';
import { matchInstruction } from './matching.ts';
import {
  codeName,
  deleteGlobal,
  deleteName,
  loadFrom,
  loadGlobalOrBuiltin,
  loadName,
  storeGlobal,
  storeName,
} from './names.ts';
import { dropTwo, popMany, replaceMany, replaceTwo } from './operands.ts';
import { superAttribute } from './super.ts';
import { instrumented, instrumentedResume } from './tracing/instrumented.ts';
import { unboundFree, unboundLocal } from './unbound.ts';
import { unpackExtended, unpackSequence } from './unpack.ts';

const LOCALS = FrameWord.LocalsPlus as number;

/** Executes one instruction. Returns the new `sp`. @runsPython @mayCollect */
export function executeCold(rt: Runtime, frame: number, sp: number, op: number, arg: number): number {
  const H = rt.words;
  switch (op) {
    case Op.END_FOR:
      return popMany(rt, frame, sp, 2);
    case Op.END_SEND: {
      const receiver = H[sp - 2];
      H[sp - 2] = H[sp - 1];
      H[frame + FrameWord.StackTop] = sp - 1 - frame - LOCALS;
      decref(rt, receiver);
      return sp - 1;
    }
    case Op.UNARY_NEGATIVE:
      return replaceMany(rt, frame, sp, 1, unaryOp(rt, H[sp - 1], TypeWord.NbNegative, '-'));
    case Op.UNARY_INVERT:
      return replaceMany(rt, frame, sp, 1, unaryOp(rt, H[sp - 1], TypeWord.NbInvert, '~'));
    case Op.UNARY_NOT:
      return replaceMany(rt, frame, sp, 1, pyBool(!isTrue(rt, H[sp - 1])) as Owned);
    case Op.BINARY_SLICE:
      return binarySlice(rt, frame, sp);
    case Op.STORE_SLICE:
      return storeSlice(rt, sp);
    case Op.DELETE_SUBSCR:
      setItem(rt, H[sp - 2], H[sp - 1], 0);
      return dropTwo(rt, frame, sp);
    case Op.DELETE_ATTR:
      setAttr(rt, H[sp - 1], codeName(rt, frame, arg), 0);
      return popMany(rt, frame, sp, 1);
    case Op.CONTAINS_OP:
      return replaceTwo(rt, frame, sp, pyBool(contains(rt, H[sp - 1], H[sp - 2]) === (arg === 0)) as Owned);
    case Op.GET_ITER:
      return replaceMany(rt, frame, sp, 1, iter(rt, H[sp - 1]));
    case Op.GET_LEN:
      H[sp] = newInt(rt, length(rt, H[sp - 1]));
      return sp + 1;
    case Op.LOAD_BUILD_CLASS:
      return loadBuildClass(rt, frame, sp);
    case Op.LOAD_ASSERTION_ERROR:
      H[sp] = T.AssertionError;
      return sp + 1;
    case Op.DELETE_FAST:
      return deleteFast(rt, frame, sp, arg);
    case Op.MAKE_CELL:
      H[frame + LOCALS + arg] = newCell(rt, H[frame + LOCALS + arg] as Owned);
      return sp;
    case Op.COPY_FREE_VARS:
      copyFreeVars(rt, frame, arg);
      return sp;
    case Op.DELETE_DEREF:
      return deleteDeref(rt, frame, sp, arg);
    case Op.MAKE_FUNCTION:
      return makeFunction(rt, frame, sp, arg);
    case Op.LOAD_NAME:
      H[sp] = loadName(rt, frame, codeName(rt, frame, arg));
      return sp + 1;
    case Op.STORE_NAME:
      storeName(rt, frame, codeName(rt, frame, arg), H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    case Op.DELETE_NAME:
      deleteName(rt, frame, codeName(rt, frame, arg));
      return sp;
    case Op.STORE_GLOBAL:
      storeGlobal(rt, frame, codeName(rt, frame, arg), H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    case Op.DELETE_GLOBAL:
      deleteGlobal(rt, frame, codeName(rt, frame, arg));
      return sp;
    case Op.LOAD_LOCALS:
      return loadLocals(rt, frame, sp);
    case Op.LOAD_FROM_DICT_OR_GLOBALS:
      return loadFromDictOrGlobals(rt, frame, sp, arg);
    case Op.LOAD_FROM_DICT_OR_DEREF:
      return loadFromDictOrDeref(rt, frame, sp, arg);
    case Op.SETUP_ANNOTATIONS:
      setupAnnotations(rt, frame);
      return sp;
    case Op.UNPACK_SEQUENCE:
      return unpackSequence(rt, frame, sp, arg);
    case Op.UNPACK_EX:
      return unpackExtended(rt, frame, sp, arg);
    case Op.LOAD_SUPER_ATTR:
      return superAttribute(rt, frame, sp, arg);
    case Op.IMPORT_NAME:
      return importName(rt, frame, sp, codeName(rt, frame, arg));
    case Op.IMPORT_FROM:
      H[sp] = importFrom(rt, H[sp - 1], codeName(rt, frame, arg));
      return sp + 1;
    case Op.PUSH_EXC_INFO:
      return pushExcInfo(rt, sp);
    case Op.POP_EXCEPT:
      return popExcept(rt, frame, sp);
    case Op.CHECK_EXC_MATCH:
      return checkExceptionMatch(rt, frame, sp);
    case Op.CHECK_EG_MATCH:
      return exceptionGroupMatch(rt, frame, sp);
    case Op.WITH_EXCEPT_START:
      H[sp] = withExceptStart(rt, sp);
      return sp + 1;
    case Op.BEFORE_WITH:
      return beforeWith(rt, frame, sp);
    case Op.CALL_INTRINSIC_1:
      return intrinsic1(rt, frame, sp, arg);
    case Op.CALL_INTRINSIC_2:
      return intrinsic2(rt, frame, sp, arg);
    default:
      return executeRare(rt, frame, sp, op, arg);
  }
}

function executeRare(rt: Runtime, frame: number, sp: number, op: number, arg: number): number {
  if (op === (Op.INSTRUMENTED as number)) return instrumented(rt, frame, sp);
  if (op === (Op.INSTRUMENTED_RESUME as number)) return instrumentedResume(rt, frame, sp);
  const built = buildInstruction(rt, frame, sp, op, arg);
  if (built !== 0) return built;
  const matched = matchInstruction(rt, frame, sp, op, arg);
  if (matched !== 0) return matched;
  const awaited = asyncInstruction(rt, frame, sp, op, arg);
  if (awaited !== 0) return awaited;
  return refuse(rt, op === (Op.RESERVED as number) ? arg : op);
}

/** What is told of code that was not made by the compiler and cannot be run. */
function refuse(rt: Runtime, op: number): never {
  const name = op === (Op.RESERVED as number) ? undefined : OPCODES[op]?.name;
  return systemError(
    rt,
    name === undefined ? `unknown opcode ${op}` : `bad code: ${name} cannot be executed where it is`,
  );
}

function binarySlice(rt: Runtime, frame: number, sp: number): number {
  // The slice takes start and stop over; the spare word above the stack holds it.
  const H = rt.words;
  const slice = newSlice(rt, H[sp - 2], H[sp - 1], S.None);
  H[sp] = slice;
  H[frame + FrameWord.StackTop] = sp + 1 - frame - LOCALS;
  H[sp - 2] = dropWord(rt, sp - 2);
  H[sp - 1] = dropWord(rt, sp - 1);
  const result = temp(rt, getItem(rt, H[sp - 3], slice));
  H[frame + FrameWord.StackTop] = sp - frame - LOCALS;
  decref(rt, slice);
  const container = H[sp - 3];
  H[sp - 3] = untemp(rt, result);
  H[frame + FrameWord.StackTop] = sp - 2 - frame - LOCALS;
  decref(rt, container);
  return sp - 2;
}

/** Releases the reference in a word; 0, to be stored there. */
function dropWord(rt: Runtime, index: number): number {
  const H = rt.words;
  const o = H[index];
  H[index] = 0;
  if (o !== 0) decref(rt, o);
  return 0;
}

function storeSlice(rt: Runtime, sp: number): number {
  // value, container, start, stop
  const H = rt.words;
  const slice = temp(rt, newSlice(rt, H[sp - 2], H[sp - 1], S.None));
  setItem(rt, H[sp - 3], slice, H[sp - 4]);
  dropTemp(rt, slice);
  for (let i = sp - 4; i < sp; i++) {
    const o = H[i];
    H[i] = 0;
    decref(rt, o);
  }
  return sp - 4;
}

function loadBuildClass(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const builtins = H[frame + FrameWord.Builtins];
  const name = temp(rt, internText(rt, '__build_class__'));
  const value = loadFrom(rt, builtins, name) || raise(rt, T.NameError, '__build_class__ not found');
  dropTemp(rt, name);
  H[sp] = value;
  return sp + 1;
}

function deleteFast(rt: Runtime, frame: number, sp: number, index: number): number {
  const H = rt.words;
  const old = H[frame + LOCALS + index];
  if (old === 0) unboundLocal(rt, frame, index);
  H[frame + LOCALS + index] = 0;
  decref(rt, old);
  return sp;
}

function deleteDeref(rt: Runtime, frame: number, sp: number, index: number): number {
  const H = rt.words;
  const cell = H[frame + LOCALS + index];
  const old = H[cell + CellWord.Value];
  if (old === 0) unboundFree(rt, frame, index);
  H[cell + CellWord.Value] = 0;
  decref(rt, old);
  return sp;
}

function copyFreeVars(rt: Runtime, frame: number, n: number): void {
  const H = rt.words;
  const closure = H[H[frame + FrameWord.Function] + FunctionWord.Closure];
  const first = frame + LOCALS + executable(rt, H[frame + FrameWord.Code]).firstFree;
  for (let i = 0; i < n; i++) H[first + i] = newRef(rt, H[closure + TupleWord.Items + i]);
}

function loadLocals(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const locals = H[frame + FrameWord.Locals];
  if (locals === 0) systemError(rt, 'no locals');
  H[sp] = newRef(rt, locals);
  return sp + 1;
}

function loadFromDictOrGlobals(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const name = codeName(rt, frame, arg);
  const value = loadFrom(rt, H[sp - 1], name) || loadGlobalOrBuiltin(rt, frame, name);
  return replaceMany(rt, frame, sp, 1, value);
}

function loadFromDictOrDeref(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const names = H[H[frame + FrameWord.Code] + CodeWord.LocalsPlusNames];
  const found = loadFrom(rt, H[sp - 1], H[names + TupleWord.Items + arg]);
  if (found !== 0) return replaceMany(rt, frame, sp, 1, found);
  const value = H[H[frame + LOCALS + arg] + CellWord.Value];
  if (value === 0) unboundFree(rt, frame, arg);
  return replaceMany(rt, frame, sp, 1, newRef(rt, value));
}

function setupAnnotations(rt: Runtime, frame: number): void {
  const H = rt.words;
  const locals = H[frame + FrameWord.Locals];
  if (locals === 0) systemError(rt, 'no locals found when setting up annotations');
  if (H[locals + ObjectWord.Type] === T.dict) {
    if (dictGetText(rt, locals, '__annotations__') !== 0) return;
    const annotations = temp(rt, newDict(rt));
    dictSetText(rt, locals, '__annotations__', annotations);
    dropTemp(rt, annotations);
    return;
  }
  const found = loadFrom(rt, locals, Id.__annotations__);
  if (found !== 0) {
    decref(rt, found);
    return;
  }
  const annotations = temp(rt, newDict(rt));
  setItem(rt, locals, Id.__annotations__, annotations);
  decref(rt, untemp(rt, annotations));
}

/** BEFORE_WITH: manager → bound __exit__, result of __enter__(). */
function beforeWith(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const manager = H[sp - 1];
  const enter = temp(rt, contextMethod(rt, manager, Id.__enter__, ''));
  const exit = contextMethod(rt, manager, Id.__exit__, ' (missed __exit__ method)');
  H[sp] = untemp(rt, enter);
  H[sp - 1] = exit;
  H[frame + FrameWord.StackTop] = sp + 1 - frame - LOCALS;
  decref(rt, manager);
  H[sp] = call0(rt, enter);
  decref(rt, enter);
  return sp + 1;
}

function contextMethod(rt: Runtime, manager: Ref, name: Ref, hint: string): Owned {
  const method = lookupSpecial(rt, manager, name);
  if (method !== 0) return method;
  return typeError(rt, `'${kindName(rt, manager)}' object does not support the context manager protocol${hint}`);
}
