/**
 * Code that was put together by hand or read from bytes may be anything. Before it runs it is checked that every way through it stays
 * inside: instructions that exist, arguments that name something, jumps to instructions, values on the stack that are taken, and no way
 * round without a look at the eval breaker. CPython does not check that, and breaks.
 *
 * What the values are is not checked: code that takes a number for a list still ruins its heap, as it does in CPython.
 */
import { CodeData, CodeFlag } from './code-data.ts';
import type { CodeFields } from './code-data.ts';
import { exceptionEntries } from './exceptions.ts';
import { instructions } from './instructions.ts';
import type { DecodedInstruction } from './instructions.ts';
import { ArgKind, Op, OPCODES } from './opcodes.ts';
import { jumpTarget } from './dis.ts';

/** CPython's own bound is about 2**31; a frame of such a size has no place in a frame stack. */
const MAX_STACK = 100_000;

const LEAVES: ReadonlySet<number> = new Set([
  Op.RETURN_VALUE,
  Op.RETURN_CONST,
  Op.RAISE_VARARGS,
  Op.RERAISE,
  Op.INTERPRETER_EXIT,
  Op.JUMP_FORWARD,
  Op.JUMP_BACKWARD,
  Op.JUMP_BACKWARD_NO_INTERRUPT,
]);

/** Values that must be on the stack for what pushes something without taking it, or takes and gives as many. */
const NEEDED: Readonly<Partial<Record<Op, (arg: number) => number>>> = {
  [Op.COPY]: (n) => Math.max(n, 1),
  [Op.SWAP]: (n) => Math.max(n, 2),
  [Op.LIST_APPEND]: (n) => n + 1,
  [Op.SET_ADD]: (n) => n + 1,
  [Op.LIST_EXTEND]: (n) => n + 1,
  [Op.SET_UPDATE]: (n) => n + 1,
  [Op.DICT_UPDATE]: (n) => n + 1,
  [Op.DICT_MERGE]: (n) => n + 4,
  [Op.MAP_ADD]: (n) => n + 2,
  [Op.WITH_EXCEPT_START]: () => 4,
  [Op.MATCH_KEYS]: () => 2,
  [Op.MATCH_CLASS]: () => 3,
  [Op.SEND]: () => 2,
  [Op.CHECK_EXC_MATCH]: () => 2,
  [Op.CHECK_EG_MATCH]: () => 2,
  [Op.CLEANUP_THROW]: () => 3,
  [Op.IMPORT_NAME]: () => 2,
  [Op.CALL]: (n) => n + 2,
  [Op.CALL_FUNCTION_EX]: (n) => 3 + (n & 1),
  [Op.BUILD_TUPLE]: (n) => n,
  [Op.BUILD_LIST]: (n) => n,
  [Op.BUILD_SET]: (n) => n,
  [Op.BUILD_STRING]: (n) => n,
  [Op.BUILD_MAP]: (n) => 2 * n,
  [Op.BUILD_CONST_KEY_MAP]: (n) => n + 1,
  [Op.MAKE_FUNCTION]: (n) => 1 + (n & 1) + ((n >> 1) & 1) + ((n >> 2) & 1) + ((n >> 3) & 1),
  [Op.BUILD_SLICE]: (n) => (n === 3 ? 3 : 2),
  [Op.FORMAT_VALUE]: (n) => ((n & 4) === 4 ? 2 : 1),
  [Op.BINARY_SLICE]: () => 3,
  [Op.LOAD_SUPER_ATTR]: () => 3,
  [Op.CALL_INTRINSIC_2]: () => 2,
};
const TAKING_ONE = [Op.UNARY_NEGATIVE, Op.UNARY_NOT, Op.UNARY_INVERT, Op.GET_LEN, Op.MATCH_MAPPING, Op.MATCH_SEQUENCE];
const TAKING_ONE_TOO = [
  Op.PUSH_EXC_INFO,
  Op.GET_AITER,
  Op.GET_ANEXT,
  Op.BEFORE_ASYNC_WITH,
  Op.BEFORE_WITH,
  Op.GET_ITER,
];
const TAKING_ONE_AGAIN = [
  Op.GET_YIELD_FROM_ITER,
  Op.UNPACK_SEQUENCE,
  Op.UNPACK_EX,
  Op.FOR_ITER,
  Op.LOAD_ATTR,
  Op.IMPORT_FROM,
];
const TAKING_ONE_LAST = [Op.GET_AWAITABLE, Op.YIELD_VALUE, Op.CALL_INTRINSIC_1, Op.LOAD_FROM_DICT_OR_GLOBALS];
const ONE: ReadonlySet<number> = new Set([
  ...TAKING_ONE,
  ...TAKING_ONE_TOO,
  ...TAKING_ONE_AGAIN,
  ...TAKING_ONE_LAST,
  Op.LOAD_FROM_DICT_OR_DEREF,
]);
const TWO: ReadonlySet<number> = new Set([
  Op.BINARY_SUBSCR,
  Op.COMPARE_OP,
  Op.IS_OP,
  Op.CONTAINS_OP,
  Op.BINARY_OP,
  Op.END_SEND,
]);

/** Code that was not made by the compiler, with what is wrong with it.
 *  @param nconsts number of its constants, which need not be those of `fields` */
export function checkedCode(fields: CodeFields, nconsts: number): CodeData {
  const data = new CodeData(fields);
  const fault = faultOf(data, nconsts);
  return fault < 0 ? data : new CodeData({ ...fields, fault });
}

/** The opcode of the first instruction that cannot be run as it is, or for a fault of the whole `Op.RESERVED`; −1 if all is well.
 *  @param nconsts number of the constants, which need not be those of `code` */
export function faultOf(code: CodeData, nconsts: number): number {
  const unknown = unknownOp(code.code);
  if (unknown >= 0) return unknown;
  const list = [...instructions(code)];
  const starts = new Map(list.map((instr, i) => [instr.start, i]));
  const last = list.at(-1);
  if (last === undefined || !LEAVES.has(last.op) || last.end > code.code.length >> 1) return Op.RESERVED;
  if (!isWhole(code) || !handlersAreSound(code, starts)) return Op.RESERVED;
  const wrong = list.find((instr, i) => !argumentIsSound(code, nconsts, instr) || !jumpIsSound(list, starts, i));
  return wrong !== undefined ? wrong.op : depthsAreSound(code, list, starts);
}

/** −1 if there is none. */
function unknownOp(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length;) {
    const info = OPCODES[bytes[i]!];
    if (info === undefined || bytes[i] === (Op.RESERVED as number) || bytes[i] === (Op.CACHE as number))
      return bytes[i]!;
    i += 2 * (1 + info.ncaches);
  }
  return -1;
}

function isWhole(code: CodeData): boolean {
  const parameters =
    code.argcount +
    code.kwonlyargcount +
    ((code.flags & CodeFlag.VARARGS) === 0 ? 0 : 1) +
    ((code.flags & CodeFlag.VARKEYWORDS) === 0 ? 0 : 1);
  if (code.argcount < 0 || code.kwonlyargcount < 0 || parameters > code.nlocals) return false;
  if (code.posonlyargcount < 0 || code.posonlyargcount > code.argcount) return false;
  if (code.localspluskinds.length !== code.localsplusnames.length) return false;
  return code.stacksize >= 0 && code.stacksize <= MAX_STACK && startIsSound(code);
}

/** A generator, and nothing else, begins by making itself; free variables are there before anything else. */
function startIsSound(code: CodeData): boolean {
  const makes = CodeFlag.GENERATOR | CodeFlag.COROUTINE | CodeFlag.ASYNC_GENERATOR;
  const isGenerator = (code.flags & makes) !== 0;
  let returns = false;
  let copied = 0;
  for (const { op, arg } of instructions(code)) {
    if (op === Op.RETURN_GENERATOR) returns = true;
    else if (op === Op.COPY_FREE_VARS) copied = arg;
    else if (op !== Op.MAKE_CELL) break;
  }
  return returns === isGenerator && copied === code.nfreevars;
}

/** Handlers lie behind what they guard: an exception never leads back. */
function handlersAreSound(code: CodeData, starts: ReadonlyMap<number, number>): boolean {
  return exceptionEntries(code).every(
    ({ start, end, target, depth }) => start < end && end <= target && starts.has(target) && depth < code.stacksize,
  );
}

function argumentIsSound(code: CodeData, nconsts: number, { op, arg }: DecodedInstruction): boolean {
  switch (OPCODES[op]?.arg) {
    case ArgKind.Const:
      return arg < nconsts;
    case ArgKind.Name:
      return nameIndex(op, arg) < code.names.length;
    case ArgKind.Local:
    case ArgKind.Free:
      return arg < code.localsplusnames.length;
    default:
      return arg >= 0;
  }
}

function nameIndex(op: number, arg: number): number {
  if (op === Op.LOAD_ATTR || op === Op.LOAD_GLOBAL) return arg >> 1;
  return op === Op.LOAD_SUPER_ATTR ? arg >> 2 : arg;
}

/** A jump leads to an instruction; one that does not look at the eval breaker goes on with a delegation that has just yielded. */
function jumpIsSound(list: readonly DecodedInstruction[], starts: ReadonlyMap<number, number>, i: number): boolean {
  const instr = list[i]!;
  const target = jumpTarget(instr);
  if (target === undefined) return true;
  const to = starts.get(target);
  if (to === undefined) return false;
  if (instr.op !== Op.JUMP_BACKWARD_NO_INTERRUPT) return true;
  return list[to]!.op === Op.SEND && list.slice(Math.max(to, i - 2), i).some(({ op }) => op === Op.YIELD_VALUE);
}

/** Follows all ways: −1, or the opcode at which too little or too much is on the stack. */
function depthsAreSound(
  code: CodeData,
  list: readonly DecodedInstruction[],
  starts: ReadonlyMap<number, number>,
): number {
  const depths = new Int32Array(list.length).fill(-1);
  const todo: number[] = [];
  let wrong = -1;
  const enter = (i: number, depth: number, from: number): void => {
    if (depth < 0 || depth > code.stacksize || (depths[i]! >= 0 && depths[i] !== depth)) wrong = from;
    else if (depths[i]! < 0) {
      depths[i] = depth;
      todo.push(i);
    }
  };
  enter(0, 0, list[0]!.op);
  for (const { target, depth, lasti } of exceptionEntries(code))
    enter(starts.get(target)!, depth + (lasti ? 2 : 1), Op.RESERVED);
  for (let i = todo.pop(); i !== undefined && wrong < 0; i = todo.pop()) {
    const instr = list[i]!;
    const { op, arg } = instr;
    const depth = depths[i]!;
    if (depth < neededOf(op, arg)) return op;
    const after = depth + effectOf(op, arg);
    const target = jumpTarget(instr);
    if (target !== undefined) enter(starts.get(target)!, after, op);
    if (!LEAVES.has(op)) enter(i + 1, op === Op.RETURN_GENERATOR ? depth + 1 : after, op);
  }
  return wrong;
}

function effectOf(op: number, arg: number): number {
  const effect = OPCODES[op]?.effect ?? 0;
  return typeof effect === 'number' ? effect : effect(arg);
}

function neededOf(op: number, arg: number): number {
  const needed = NEEDED[op as Op];
  if (needed !== undefined) return needed(arg);
  if (ONE.has(op)) return 1;
  return TWO.has(op) ? 2 : Math.max(0, -effectOf(op, arg));
}
