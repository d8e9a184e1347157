/** Code objects as the compiler makes them: immutable, pure JavaScript, independent of any heap.
 *
 *  `code` is CPython 3.12 wordcode: two bytes per unit (opcode, argument), inline CACHE units included, nothing
 *  specialised. `linetable` and `exceptiontable` have CPython's encodings; `locations.ts` and `exceptions.ts`
 *  decode them. Variables live in one array, `localsplus`: parameters and locals, then cells, then free
 *  variables; a parameter that is also a cell has both bits in one entry. */

import type { ConstantValue } from '../syntax/ast.ts';

/** `co_flags`. */
export const enum CodeFlag {
  OPTIMIZED = 0x0001,
  NEWLOCALS = 0x0002,
  VARARGS = 0x0004,
  VARKEYWORDS = 0x0008,
  NESTED = 0x0010,
  GENERATOR = 0x0020,
  COROUTINE = 0x0080,
  ITERABLE_COROUTINE = 0x0100,
  ASYNC_GENERATOR = 0x0200,
  FUTURE_DIVISION = 0x20000,
  FUTURE_ABSOLUTE_IMPORT = 0x40000,
  FUTURE_WITH_STATEMENT = 0x80000,
  FUTURE_PRINT_FUNCTION = 0x100000,
  FUTURE_UNICODE_LITERALS = 0x200000,
  FUTURE_BARRY_AS_BDFL = 0x400000,
  FUTURE_GENERATOR_STOP = 0x800000,
  FUTURE_ANNOTATIONS = 0x1000000,
}

/** What an entry of `localsplus` is; `Local | Cell` is a local that inner functions also see. */
export const enum LocalKind {
  /** A local of an inlined comprehension, not seen by `locals()`. */
  Hidden = 0x10,
  Local = 0x20,
  Cell = 0x40,
  Free = 0x80,
}

/** Bytes that the compiler computed: unlike those of a literal, the parser never had them. */
export class ComputedBytes extends Uint8Array {}

/** A constant tuple. Its items are constants. */
export class ConstTuple {
  readonly items: readonly ConstValue[];

  constructor(items: readonly ConstValue[]) {
    this.items = items;
  }
}

/** A tuple that the compiler made of the constants of several instructions: the syntax tree never had it. */
export class ComputedTuple extends ConstTuple {}

/** A constant frozenset, items in source order, duplicates removed. */
export class ConstFrozenSet {
  readonly items: readonly ConstValue[];

  constructor(items: readonly ConstValue[]) {
    this.items = items;
  }
}

export type ConstValue = ConstantValue | ConstTuple | ConstFrozenSet | CodeData;

/** The fields of a code object, named as CPython names them without `co_`. */
export interface CodeFields {
  name: string;
  qualname: string;
  filename: string;
  firstlineno: number;
  /** A sum of `CodeFlag`s. */
  flags: number;
  /** Positional parameters, positional-only ones included, `*args` not. */
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  /** Most values on the stack at once. */
  stacksize: number;
  consts: readonly ConstValue[];
  names: readonly string[];
  localsplusnames: readonly string[];
  /** One sum of `LocalKind`s per name. */
  localspluskinds: Uint8Array;
  code: Uint8Array;
  linetable: Uint8Array;
  exceptiontable: Uint8Array;
  /** The opcode because of which it cannot be run (`compiler/check-code.ts`), or −1, as for all that the compiler makes. */
  fault?: number;
}

/** A compiled module, class body, function, comprehension or type-parameter scope. */
export class CodeData implements CodeFields {
  readonly name: string;
  readonly qualname: string;
  readonly filename: string;
  readonly firstlineno: number;
  readonly flags: number;
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly stacksize: number;
  /** Entries of `localsplus` that are locals, cells among them counted too. */
  readonly nlocals: number;
  /** Entries that are cells, parameters among them counted too. */
  readonly ncellvars: number;
  readonly nfreevars: number;
  readonly consts: readonly ConstValue[];
  readonly names: readonly string[];
  readonly localsplusnames: readonly string[];
  readonly localspluskinds: Uint8Array;
  readonly code: Uint8Array;
  readonly linetable: Uint8Array;
  readonly exceptiontable: Uint8Array;
  readonly fault: number;

  constructor(fields: CodeFields) {
    this.name = fields.name;
    this.qualname = fields.qualname;
    this.filename = fields.filename;
    this.firstlineno = fields.firstlineno;
    this.flags = fields.flags;
    this.argcount = fields.argcount;
    this.posonlyargcount = fields.posonlyargcount;
    this.kwonlyargcount = fields.kwonlyargcount;
    this.stacksize = fields.stacksize;
    this.nlocals = countKind(fields.localspluskinds, LocalKind.Local);
    this.ncellvars = countKind(fields.localspluskinds, LocalKind.Cell);
    this.nfreevars = countKind(fields.localspluskinds, LocalKind.Free);
    this.consts = fields.consts;
    this.names = fields.names;
    this.localsplusnames = fields.localsplusnames;
    this.localspluskinds = fields.localspluskinds;
    this.code = fields.code;
    this.linetable = fields.linetable;
    this.exceptiontable = fields.exceptiontable;
    this.fault = fields.fault ?? -1;
  }
}

function countKind(kinds: Uint8Array, kind: LocalKind): number {
  let count = 0;
  for (let i = 0; i < kinds.length; i++) if ((kinds[i] & kind) !== 0) count++;
  return count;
}
