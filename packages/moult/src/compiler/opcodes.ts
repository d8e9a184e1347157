/** CPython 3.12's instruction set: numbers, arguments, inline caches, stack effects.
 *
 *  Numbers below 256 appear in code objects. Higher ones are *pseudo-operations*, which the compiler uses between
 *  code generation and assembly; no code object contains them. */

export const enum Op {
  CACHE = 0,
  POP_TOP = 1,
  PUSH_NULL = 2,
  INTERPRETER_EXIT = 3,
  END_FOR = 4,
  END_SEND = 5,
  NOP = 9,
  UNARY_NEGATIVE = 11,
  UNARY_NOT = 12,
  UNARY_INVERT = 15,
  RESERVED = 17,
  BINARY_SUBSCR = 25,
  BINARY_SLICE = 26,
  STORE_SLICE = 27,
  GET_LEN = 30,
  MATCH_MAPPING = 31,
  MATCH_SEQUENCE = 32,
  MATCH_KEYS = 33,
  PUSH_EXC_INFO = 35,
  CHECK_EXC_MATCH = 36,
  CHECK_EG_MATCH = 37,
  WITH_EXCEPT_START = 49,
  GET_AITER = 50,
  GET_ANEXT = 51,
  BEFORE_ASYNC_WITH = 52,
  BEFORE_WITH = 53,
  END_ASYNC_FOR = 54,
  CLEANUP_THROW = 55,
  STORE_SUBSCR = 60,
  DELETE_SUBSCR = 61,
  GET_ITER = 68,
  GET_YIELD_FROM_ITER = 69,
  LOAD_BUILD_CLASS = 71,
  LOAD_ASSERTION_ERROR = 74,
  RETURN_GENERATOR = 75,
  RETURN_VALUE = 83,
  SETUP_ANNOTATIONS = 85,
  LOAD_LOCALS = 87,
  POP_EXCEPT = 89,
  STORE_NAME = 90,
  DELETE_NAME = 91,
  UNPACK_SEQUENCE = 92,
  FOR_ITER = 93,
  UNPACK_EX = 94,
  STORE_ATTR = 95,
  DELETE_ATTR = 96,
  STORE_GLOBAL = 97,
  DELETE_GLOBAL = 98,
  SWAP = 99,
  LOAD_CONST = 100,
  LOAD_NAME = 101,
  BUILD_TUPLE = 102,
  BUILD_LIST = 103,
  BUILD_SET = 104,
  BUILD_MAP = 105,
  LOAD_ATTR = 106,
  COMPARE_OP = 107,
  IMPORT_NAME = 108,
  IMPORT_FROM = 109,
  JUMP_FORWARD = 110,
  POP_JUMP_IF_FALSE = 114,
  POP_JUMP_IF_TRUE = 115,
  LOAD_GLOBAL = 116,
  IS_OP = 117,
  CONTAINS_OP = 118,
  RERAISE = 119,
  COPY = 120,
  RETURN_CONST = 121,
  BINARY_OP = 122,
  SEND = 123,
  LOAD_FAST = 124,
  STORE_FAST = 125,
  DELETE_FAST = 126,
  LOAD_FAST_CHECK = 127,
  POP_JUMP_IF_NOT_NONE = 128,
  POP_JUMP_IF_NONE = 129,
  RAISE_VARARGS = 130,
  GET_AWAITABLE = 131,
  MAKE_FUNCTION = 132,
  BUILD_SLICE = 133,
  JUMP_BACKWARD_NO_INTERRUPT = 134,
  MAKE_CELL = 135,
  LOAD_CLOSURE = 136,
  LOAD_DEREF = 137,
  STORE_DEREF = 138,
  DELETE_DEREF = 139,
  JUMP_BACKWARD = 140,
  LOAD_SUPER_ATTR = 141,
  CALL_FUNCTION_EX = 142,
  LOAD_FAST_AND_CLEAR = 143,
  EXTENDED_ARG = 144,
  LIST_APPEND = 145,
  SET_ADD = 146,
  MAP_ADD = 147,
  COPY_FREE_VARS = 149,
  YIELD_VALUE = 150,
  RESUME = 151,
  MATCH_CLASS = 152,
  FORMAT_VALUE = 155,
  BUILD_CONST_KEY_MAP = 156,
  BUILD_STRING = 157,
  LIST_EXTEND = 162,
  SET_UPDATE = 163,
  DICT_MERGE = 164,
  DICT_UPDATE = 165,
  CALL = 171,
  KW_NAMES = 172,
  CALL_INTRINSIC_1 = 173,
  CALL_INTRINSIC_2 = 174,
  LOAD_FROM_DICT_OR_GLOBALS = 175,
  LOAD_FROM_DICT_OR_DEREF = 176,
  /** What is instead of an instruction that is traced (frames/instruments.ts); in no code object. */
  INSTRUMENTED = 254,
  /** The same for RESUME, which it does too. */
  INSTRUMENTED_RESUME = 253,

  // Pseudo-operations.
  SETUP_FINALLY = 256,
  SETUP_CLEANUP = 257,
  SETUP_WITH = 258,
  POP_BLOCK = 259,
  JUMP = 260,
  JUMP_NO_INTERRUPT = 261,
  LOAD_METHOD = 262,
  LOAD_SUPER_METHOD = 263,
  LOAD_ZERO_SUPER_METHOD = 264,
  LOAD_ZERO_SUPER_ATTR = 265,
  STORE_FAST_MAYBE_NULL = 266,
}

/** What an instruction's argument is. */
export const enum ArgKind {
  None,
  Number,
  /** Index into `consts`. */
  Const,
  /** Index into `names` (for LOAD_ATTR, LOAD_GLOBAL shifted by 1, for LOAD_SUPER_ATTR by 2). */
  Name,
  /** Distance in units from the end of the instruction and its caches. */
  Jump,
  /** Index into `localsplus` of a local. */
  Local,
  /** Comparison number, shifted by 4. */
  Compare,
  /** Index into `localsplus` of a cell or free variable. */
  Free,
}

/** Opcodes from here on have an argument. */
export const HAVE_ARGUMENT = Op.STORE_NAME;

interface OpInfo {
  readonly name: string;
  readonly arg: ArgKind;
  /** CACHE units that follow. */
  readonly ncaches: number;
  /** Values pushed minus values popped when the instruction does not jump. */
  readonly effect: number | ((arg: number) => number);
  readonly meaning: string;
}

type Row = [op: Op, name: string, arg: ArgKind, ncaches: number, effect: OpInfo['effect'], meaning: string];

// prettier-ignore
const ROWS: readonly Row[] = [
  [Op.CACHE, 'CACHE', ArgKind.None, 0, 0, 'Room for the instruction before it to keep what it learnt; never executed.'],
  [Op.POP_TOP, 'POP_TOP', ArgKind.None, 0, -1, 'Drops the top.'],
  [Op.PUSH_NULL, 'PUSH_NULL', ArgKind.None, 0, 1, 'Pushes a null reference, which marks a callable without self.'],
  [Op.INTERPRETER_EXIT, 'INTERPRETER_EXIT', ArgKind.None, 0, -1, 'Leaves the evaluation loop with the top.'],
  [Op.END_FOR, 'END_FOR', ArgKind.None, 0, -2, 'Drops the exhausted iterator and the value above it.'],
  [Op.END_SEND, 'END_SEND', ArgKind.None, 0, -1, 'Drops the receiver below the result.'],
  [Op.NOP, 'NOP', ArgKind.None, 0, 0, 'Does nothing; carries a line number.'],
  [Op.UNARY_NEGATIVE, 'UNARY_NEGATIVE', ArgKind.None, 0, 0, 'Replaces the top by its negation.'],
  [Op.UNARY_NOT, 'UNARY_NOT', ArgKind.None, 0, 0, 'Replaces the top, by truth, with its opposite.'],
  [Op.UNARY_INVERT, 'UNARY_INVERT', ArgKind.None, 0, 0, 'Replaces the top by its bitwise inversion.'],
  [Op.RESERVED, 'RESERVED', ArgKind.None, 0, 0, 'Not used.'],
  [Op.BINARY_SUBSCR, 'BINARY_SUBSCR', ArgKind.None, 1, -1, 'container, key → container[key].'],
  [Op.BINARY_SLICE, 'BINARY_SLICE', ArgKind.None, 0, -2, 'container, start, stop → container[start:stop].'],
  [Op.STORE_SLICE, 'STORE_SLICE', ArgKind.None, 0, -4, 'value, container, start, stop: container[start:stop] = value.'],
  [Op.GET_LEN, 'GET_LEN', ArgKind.None, 0, 1, 'Pushes len(top).'],
  [Op.MATCH_MAPPING, 'MATCH_MAPPING', ArgKind.None, 0, 1, 'Pushes whether the top is a mapping.'],
  [Op.MATCH_SEQUENCE, 'MATCH_SEQUENCE', ArgKind.None, 0, 1, 'Pushes whether the top is a sequence.'],
  [Op.MATCH_KEYS, 'MATCH_KEYS', ArgKind.None, 0, 1, 'subject, keys: pushes the tuple of values, or None.'],
  [Op.PUSH_EXC_INFO, 'PUSH_EXC_INFO', ArgKind.None, 0, 1, 'Puts the previously handled exception below the new one.'],
  [Op.CHECK_EXC_MATCH, 'CHECK_EXC_MATCH', ArgKind.None, 0, 0, 'exception, class → exception, whether it matches.'],
  [Op.CHECK_EG_MATCH, 'CHECK_EG_MATCH', ArgKind.None, 0, 0, 'group, class → the rest, the matching part (or None).'],
  [Op.WITH_EXCEPT_START, 'WITH_EXCEPT_START', ArgKind.None, 0, 1, 'Calls __exit__ with the exception on the stack; pushes its result.'],
  [Op.GET_AITER, 'GET_AITER', ArgKind.None, 0, 0, 'Replaces the top by its asynchronous iterator.'],
  [Op.GET_ANEXT, 'GET_ANEXT', ArgKind.None, 0, 1, 'Pushes the awaitable of the next value.'],
  [Op.BEFORE_ASYNC_WITH, 'BEFORE_ASYNC_WITH', ArgKind.None, 0, 1, 'manager → __aexit__, awaitable of __aenter__().'],
  [Op.BEFORE_WITH, 'BEFORE_WITH', ArgKind.None, 0, 1, 'manager → __exit__, __enter__().'],
  [Op.END_ASYNC_FOR, 'END_ASYNC_FOR', ArgKind.None, 0, -2, 'Ends the loop on StopAsyncIteration, else raises again.'],
  [Op.CLEANUP_THROW, 'CLEANUP_THROW', ArgKind.None, 0, -1, 'Ends a delegation on StopIteration thrown in, else raises again.'],
  [Op.STORE_SUBSCR, 'STORE_SUBSCR', ArgKind.None, 1, -3, 'value, container, key: container[key] = value.'],
  [Op.DELETE_SUBSCR, 'DELETE_SUBSCR', ArgKind.None, 0, -2, 'container, key: del container[key].'],
  [Op.GET_ITER, 'GET_ITER', ArgKind.None, 0, 0, 'Replaces the top by its iterator.'],
  [Op.GET_YIELD_FROM_ITER, 'GET_YIELD_FROM_ITER', ArgKind.None, 0, 0, 'Replaces the top by its iterator, generators and coroutines staying as they are.'],
  [Op.LOAD_BUILD_CLASS, 'LOAD_BUILD_CLASS', ArgKind.None, 0, 1, 'Pushes builtins.__build_class__.'],
  [Op.LOAD_ASSERTION_ERROR, 'LOAD_ASSERTION_ERROR', ArgKind.None, 0, 1, 'Pushes AssertionError.'],
  [Op.RETURN_GENERATOR, 'RETURN_GENERATOR', ArgKind.None, 0, 0, 'Makes a generator of this frame and returns it.'],
  [Op.RETURN_VALUE, 'RETURN_VALUE', ArgKind.None, 0, -1, 'Returns the top.'],
  [Op.SETUP_ANNOTATIONS, 'SETUP_ANNOTATIONS', ArgKind.None, 0, 0, 'Makes sure that the locals have __annotations__.'],
  [Op.LOAD_LOCALS, 'LOAD_LOCALS', ArgKind.None, 0, 1, 'Pushes the locals mapping.'],
  [Op.POP_EXCEPT, 'POP_EXCEPT', ArgKind.None, 0, -1, 'Restores the previously handled exception.'],
  [Op.STORE_NAME, 'STORE_NAME', ArgKind.Name, 0, -1, 'Stores the top in the locals mapping.'],
  [Op.DELETE_NAME, 'DELETE_NAME', ArgKind.Name, 0, 0, 'Deletes from the locals mapping.'],
  [Op.UNPACK_SEQUENCE, 'UNPACK_SEQUENCE', ArgKind.Number, 1, (a) => a - 1, 'Replaces an iterable by its n values, the first on top.'],
  [Op.FOR_ITER, 'FOR_ITER', ArgKind.Jump, 1, 1, "Pushes the iterator's next value, or jumps at its end."],
  [Op.UNPACK_EX, 'UNPACK_EX', ArgKind.Number, 0, (a) => (a & 0xff) + (a >> 8), 'Unpacks with a starred target; low byte before, high byte after.'],
  [Op.STORE_ATTR, 'STORE_ATTR', ArgKind.Name, 4, -2, 'value, owner: owner.name = value.'],
  [Op.DELETE_ATTR, 'DELETE_ATTR', ArgKind.Name, 0, -1, 'del owner.name.'],
  [Op.STORE_GLOBAL, 'STORE_GLOBAL', ArgKind.Name, 0, -1, 'Stores the top in the globals.'],
  [Op.DELETE_GLOBAL, 'DELETE_GLOBAL', ArgKind.Name, 0, 0, 'Deletes from the globals.'],
  [Op.SWAP, 'SWAP', ArgKind.Number, 0, 0, 'Exchanges the top and the n-th value (the top is 1).'],
  [Op.LOAD_CONST, 'LOAD_CONST', ArgKind.Const, 0, 1, 'Pushes a constant.'],
  [Op.LOAD_NAME, 'LOAD_NAME', ArgKind.Name, 0, 1, 'Pushes from locals, globals or builtins.'],
  [Op.BUILD_TUPLE, 'BUILD_TUPLE', ArgKind.Number, 0, (a) => 1 - a, 'Collects n values in a tuple.'],
  [Op.BUILD_LIST, 'BUILD_LIST', ArgKind.Number, 0, (a) => 1 - a, 'Collects n values in a list.'],
  [Op.BUILD_SET, 'BUILD_SET', ArgKind.Number, 0, (a) => 1 - a, 'Collects n values in a set.'],
  [Op.BUILD_MAP, 'BUILD_MAP', ArgKind.Number, 0, (a) => 1 - 2 * a, 'Collects n pairs in a dict.'],
  [Op.LOAD_ATTR, 'LOAD_ATTR', ArgKind.Name, 9, (a) => a & 1, 'owner → owner.name; with the low bit set: method and self, or null and attribute.'],
  [Op.COMPARE_OP, 'COMPARE_OP', ArgKind.Compare, 1, -1, 'Compares two values; the operator is in the high four bits.'],
  [Op.IMPORT_NAME, 'IMPORT_NAME', ArgKind.Name, 0, -1, 'level, fromlist → module.'],
  [Op.IMPORT_FROM, 'IMPORT_FROM', ArgKind.Name, 0, 1, 'Pushes an attribute of the module on top.'],
  [Op.JUMP_FORWARD, 'JUMP_FORWARD', ArgKind.Jump, 0, 0, 'Jumps forward.'],
  [Op.POP_JUMP_IF_FALSE, 'POP_JUMP_IF_FALSE', ArgKind.Jump, 0, -1, 'Pops; jumps if false.'],
  [Op.POP_JUMP_IF_TRUE, 'POP_JUMP_IF_TRUE', ArgKind.Jump, 0, -1, 'Pops; jumps if true.'],
  [Op.LOAD_GLOBAL, 'LOAD_GLOBAL', ArgKind.Name, 4, (a) => 1 + (a & 1), 'Pushes from globals or builtins; with the low bit set pushes null first.'],
  [Op.IS_OP, 'IS_OP', ArgKind.Number, 0, -1, 'Compares identity; argument 1 inverts.'],
  [Op.CONTAINS_OP, 'CONTAINS_OP', ArgKind.Number, 0, -1, 'Tests membership; argument 1 inverts.'],
  [Op.RERAISE, 'RERAISE', ArgKind.Number, 0, -1, "Raises the top again; a nonzero argument restores the instruction's offset."],
  [Op.COPY, 'COPY', ArgKind.Number, 0, 1, 'Pushes the n-th value again (the top is 1).'],
  [Op.RETURN_CONST, 'RETURN_CONST', ArgKind.Const, 0, 0, 'Returns a constant.'],
  [Op.BINARY_OP, 'BINARY_OP', ArgKind.Number, 1, -1, 'Applies an arithmetic operator, perhaps in place.'],
  [Op.SEND, 'SEND', ArgKind.Jump, 1, 0, 'Sends the top to the receiver below; jumps when that has returned.'],
  [Op.LOAD_FAST, 'LOAD_FAST', ArgKind.Local, 0, 1, 'Pushes a local that is known to be bound.'],
  [Op.STORE_FAST, 'STORE_FAST', ArgKind.Local, 0, -1, 'Stores the top in a local.'],
  [Op.DELETE_FAST, 'DELETE_FAST', ArgKind.Local, 0, 0, 'Unbinds a local.'],
  [Op.LOAD_FAST_CHECK, 'LOAD_FAST_CHECK', ArgKind.Local, 0, 1, 'Pushes a local, or raises UnboundLocalError.'],
  [Op.POP_JUMP_IF_NOT_NONE, 'POP_JUMP_IF_NOT_NONE', ArgKind.Jump, 0, -1, 'Pops; jumps if not None.'],
  [Op.POP_JUMP_IF_NONE, 'POP_JUMP_IF_NONE', ArgKind.Jump, 0, -1, 'Pops; jumps if None.'],
  [Op.RAISE_VARARGS, 'RAISE_VARARGS', ArgKind.Number, 0, (a) => -a, 'Raises: 0 again, 1 exception, 2 exception and cause.'],
  [Op.GET_AWAITABLE, 'GET_AWAITABLE', ArgKind.Number, 0, 0, 'Replaces the top by its awaitable; argument 1 after __aenter__, 2 after __aexit__.'],
  [Op.MAKE_FUNCTION, 'MAKE_FUNCTION', ArgKind.Number, 0, (a) => -((a & 1) + ((a >> 1) & 1) + ((a >> 2) & 1) + ((a >> 3) & 1)), 'Makes a function; bits: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure.'],
  [Op.BUILD_SLICE, 'BUILD_SLICE', ArgKind.Number, 0, (a) => a === 3 ? -2 : -1, 'Makes a slice of 2 or 3 values.'],
  [Op.JUMP_BACKWARD_NO_INTERRUPT, 'JUMP_BACKWARD_NO_INTERRUPT', ArgKind.Jump, 0, 0, 'Jumps backward without looking at the eval breaker.'],
  [Op.MAKE_CELL, 'MAKE_CELL', ArgKind.Free, 0, 0, 'Makes a cell in a slot, around the value there.'],
  [Op.LOAD_CLOSURE, 'LOAD_CLOSURE', ArgKind.Free, 0, 1, 'Pushes the cell in a slot.'],
  [Op.LOAD_DEREF, 'LOAD_DEREF', ArgKind.Free, 0, 1, "Pushes a cell's content."],
  [Op.STORE_DEREF, 'STORE_DEREF', ArgKind.Free, 0, -1, 'Stores the top in a cell.'],
  [Op.DELETE_DEREF, 'DELETE_DEREF', ArgKind.Free, 0, 0, 'Empties a cell.'],
  [Op.JUMP_BACKWARD, 'JUMP_BACKWARD', ArgKind.Jump, 0, 0, 'Jumps backward and looks at the eval breaker.'],
  [Op.LOAD_SUPER_ATTR, 'LOAD_SUPER_ATTR', ArgKind.Name, 1, (a) => (a & 1) - 2, 'super, class, self → attribute; bits: 1 as a method, 2 super() had two arguments.'],
  [Op.CALL_FUNCTION_EX, 'CALL_FUNCTION_EX', ArgKind.Number, 0, (a) => -2 - (a & 1), 'Calls with a tuple and, if the low bit is set, a mapping.'],
  [Op.LOAD_FAST_AND_CLEAR, 'LOAD_FAST_AND_CLEAR', ArgKind.Local, 0, 1, 'Pushes a local or null and unbinds it.'],
  [Op.EXTENDED_ARG, 'EXTENDED_ARG', ArgKind.Number, 0, 0, "Gives the next instruction's argument higher bits."],
  [Op.LIST_APPEND, 'LIST_APPEND', ArgKind.Number, 0, -1, 'Appends the top to the list n below.'],
  [Op.SET_ADD, 'SET_ADD', ArgKind.Number, 0, -1, 'Adds the top to the set n below.'],
  [Op.MAP_ADD, 'MAP_ADD', ArgKind.Number, 0, -2, 'Adds key and value to the dict n below.'],
  [Op.COPY_FREE_VARS, 'COPY_FREE_VARS', ArgKind.Number, 0, 0, "Copies the closure's n cells into the frame."],
  [Op.YIELD_VALUE, 'YIELD_VALUE', ArgKind.Number, 0, 0, 'Yields the top; the argument is the depth of blocks.'],
  [Op.RESUME, 'RESUME', ArgKind.Number, 0, 0, 'A place where the eval breaker is looked at: 0 start, 1 after yield, 2 after yield from, 3 after await.'],
  [Op.MATCH_CLASS, 'MATCH_CLASS', ArgKind.Number, 0, -2, 'subject, class, names → tuple of attributes, or None.'],
  [Op.FORMAT_VALUE, 'FORMAT_VALUE', ArgKind.Number, 0, (a) => (a & 4) === 4 ? -1 : 0, 'Formats the top; bits 0-1 conversion, 4 a format specification is on top.'],
  [Op.BUILD_CONST_KEY_MAP, 'BUILD_CONST_KEY_MAP', ArgKind.Number, 0, (a) => -a, 'n values and a tuple of keys → dict.'],
  [Op.BUILD_STRING, 'BUILD_STRING', ArgKind.Number, 0, (a) => 1 - a, 'Joins n strings.'],
  [Op.LIST_EXTEND, 'LIST_EXTEND', ArgKind.Number, 0, -1, 'Extends the list n below.'],
  [Op.SET_UPDATE, 'SET_UPDATE', ArgKind.Number, 0, -1, 'Updates the set n below.'],
  [Op.DICT_MERGE, 'DICT_MERGE', ArgKind.Number, 0, -1, 'Updates the dict n below; a duplicate key is an error.'],
  [Op.DICT_UPDATE, 'DICT_UPDATE', ArgKind.Number, 0, -1, 'Updates the dict n below.'],
  [Op.CALL, 'CALL', ArgKind.Number, 3, (a) => -1 - a, 'null or method, callable or self, n arguments → result.'],
  [Op.KW_NAMES, 'KW_NAMES', ArgKind.Const, 0, 0, 'Names the last arguments of the following call.'],
  [Op.CALL_INTRINSIC_1, 'CALL_INTRINSIC_1', ArgKind.Number, 0, 0, 'Calls an internal function of one argument.'],
  [Op.CALL_INTRINSIC_2, 'CALL_INTRINSIC_2', ArgKind.Number, 0, -1, 'Calls an internal function of two arguments.'],
  [Op.LOAD_FROM_DICT_OR_GLOBALS, 'LOAD_FROM_DICT_OR_GLOBALS', ArgKind.Name, 0, 0, 'mapping → value from it, from globals or builtins.'],
  [Op.LOAD_FROM_DICT_OR_DEREF, 'LOAD_FROM_DICT_OR_DEREF', ArgKind.Free, 0, 0, 'mapping → value from it or from a cell.'],
];

/** Indexed by opcode number; undefined where there is none. */
export const OPCODES: readonly (OpInfo | undefined)[] = makeTable();

/** CACHE units after each opcode, as a flat table for loops. After INSTRUMENTED the same place is executed again. */
export const CACHE_COUNTS: Int8Array = Int8Array.from({ length: 256 }, (_, op) =>
  op === (Op.INSTRUMENTED as number) ? -1 : (OPCODES[op]?.ncaches ?? 0),
);

function makeTable(): (OpInfo | undefined)[] {
  const table: (OpInfo | undefined)[] = new Array<undefined>(256).fill(undefined);
  for (const [op, name, arg, ncaches, effect, meaning] of ROWS) table[op] = { name, arg, ncaches, effect, meaning };
  return table;
}

/** Argument of BINARY_OP; the in-place form is 13 higher. */
export const enum BinaryOp {
  ADD = 0,
  AND = 1,
  FLOOR_DIVIDE = 2,
  LSHIFT = 3,
  MATRIX_MULTIPLY = 4,
  MULTIPLY = 5,
  REMAINDER = 6,
  OR = 7,
  POWER = 8,
  RSHIFT = 9,
  SUBTRACT = 10,
  TRUE_DIVIDE = 11,
  XOR = 12,
  INPLACE = 13,
}

/** Symbols of BINARY_OP's arguments. */
export const BINARY_OP_SYMBOLS: readonly string[] = [
  '+',
  '&',
  '//',
  '<<',
  '@',
  '*',
  '%',
  '|',
  '**',
  '>>',
  '-',
  '/',
  '^',
  '+=',
  '&=',
  '//=',
  '<<=',
  '@=',
  '*=',
  '%=',
  '|=',
  '**=',
  '>>=',
  '-=',
  '/=',
  '^=',
];

/** Symbols of COMPARE_OP's arguments (shifted right by 4). */
export const COMPARE_OP_SYMBOLS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** Argument of CALL_INTRINSIC_1. */
export const enum Intrinsic1 {
  INVALID = 0,
  PRINT = 1,
  IMPORT_STAR = 2,
  STOPITERATION_ERROR = 3,
  ASYNC_GEN_WRAP = 4,
  UNARY_POSITIVE = 5,
  LIST_TO_TUPLE = 6,
  TYPEVAR = 7,
  PARAMSPEC = 8,
  TYPEVARTUPLE = 9,
  SUBSCRIPT_GENERIC = 10,
  TYPEALIAS = 11,
}

/** Argument of CALL_INTRINSIC_2. */
export const enum Intrinsic2 {
  INVALID = 0,
  PREP_RERAISE_STAR = 1,
  TYPEVAR_WITH_BOUND = 2,
  TYPEVAR_WITH_CONSTRAINTS = 3,
  SET_FUNCTION_TYPE_PARAMS = 4,
}

/** Names of CALL_INTRINSIC_1's arguments. */
export const INTRINSIC_1_NAMES: readonly string[] = [
  '1_INVALID',
  'PRINT',
  'IMPORT_STAR',
  'STOPITERATION_ERROR',
  'ASYNC_GEN_WRAP',
  'UNARY_POSITIVE',
  'LIST_TO_TUPLE',
  'TYPEVAR',
  'PARAMSPEC',
  'TYPEVARTUPLE',
  'SUBSCRIPT_GENERIC',
  'TYPEALIAS',
];

/** Names of CALL_INTRINSIC_2's arguments. */
export const INTRINSIC_2_NAMES: readonly string[] = [
  '2_INVALID',
  'PREP_RERAISE_STAR',
  'TYPEVAR_WITH_BOUND',
  'TYPEVAR_WITH_CONSTRAINTS',
  'SET_FUNCTION_TYPE_PARAMS',
];
