/** Attributes and methods of code objects. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { LocalKind } from '../../compiler/code-data.ts';
import type { CodeData } from '../../compiler/code-data.ts';
import { decodeLocations } from '../../compiler/locations.ts';
import { dictLength } from '../../core/dict/index.ts';
import { indexError, overflowError, systemError, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { listAppendTake, listTake, newList } from '../../core/list.ts';
import { getset, nativeRaw, native } from '../../core/native.ts';
import { compareBool, hash } from '../../core/protocol/compare.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import { hexAddress } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newTuple, tupleFromTemps } from '../../core/tuple.ts';
import { argumentName, isStr, isTuple, kindName } from '../../core/types.ts';
import { codeDataOf } from './code-data.ts';
import { codeFromParts, dataOf } from './code-parts.ts';

function ref(word: number): (rt: Runtime, code: Ref) => Owned {
  return (rt, code) => newRef(rt, rt.words[code + word]);
}

function number(pick: (data: CodeData) => number): (rt: Runtime, code: Ref) => Owned {
  return (rt, code) => newInt(rt, pick(codeDataOf(rt, code)));
}

function codeBytesOf(rt: Runtime, code: Ref): Owned {
  const H = rt.words;
  if (H[code + CodeWord.CodeBytes] === 0)
    H[code + CodeWord.CodeBytes] = newBytes(rt, codeDataOf(rt, code).code.slice());
  return newRef(rt, H[code + CodeWord.CodeBytes]);
}

/** The names of the variables of a kind, made once and kept in `word`. */
function namesOfKind(word: number, kind: number): (rt: Runtime, code: Ref) => Owned {
  return (rt, code) => {
    const H = rt.words;
    if (H[code + word] === 0) H[code + word] = pickNames(rt, code, kind);
    return newRef(rt, H[code + word]);
  };
}

/** A tuple of its own even where it is all names. Source: CPython 3.12 get_localsplus_names. */
function pickNames(rt: Runtime, code: Ref, kind: number): Owned {
  const H = rt.words;
  const kinds = codeDataOf(rt, code).localspluskinds;
  const all = H[code + CodeWord.LocalsPlusNames];
  const chosen: number[] = [];
  kinds.forEach((k, i) => {
    if ((k & kind) !== 0) chosen.push(i);
  });
  const tuple = newTuple(rt, chosen.length);
  chosen.forEach((from, i) => {
    H[tuple + TupleWord.Items + i] = newRef(rt, H[all + TupleWord.Items + from]);
  });
  return tuple;
}

function lnotab(rt: Runtime, code: Ref): Owned {
  rt.warnDeprecated('co_lnotab is deprecated, use co_lines instead.');
  const data = codeDataOf(rt, code);
  const bytes: number[] = [];
  let line = data.firstlineno;
  let at = 0;
  for (const [start, , lineno] of lineRanges(data)) {
    if (lineno === null || lineno < 0 || lineno === line) continue;
    addLineDelta(bytes, start - at, lineno - line);
    at = start;
    line = lineno;
  }
  return newBytes(rt, Uint8Array.from(bytes));
}

function addLineDelta(bytes: number[], offset: number, delta: number): void {
  while (offset > 255) {
    bytes.push(255, 0);
    offset -= 255;
  }
  while (delta > 127 || delta < -128) {
    const step = delta > 0 ? 127 : -128;
    bytes.push(offset, step & 255);
    delta -= step;
    offset = 0;
  }
  bytes.push(offset, delta & 255);
}

export const CODE_GETSETS = [
  getset(
    'co_argcount',
    number((d) => d.argcount),
  ),
  getset(
    'co_posonlyargcount',
    number((d) => d.posonlyargcount),
  ),
  getset(
    'co_kwonlyargcount',
    number((d) => d.kwonlyargcount),
  ),
  getset(
    'co_stacksize',
    number((d) => d.stacksize),
  ),
  getset(
    'co_flags',
    number((d) => d.flags),
  ),
  getset(
    'co_nlocals',
    number((d) => d.nlocals),
  ),
  getset('co_consts', ref(CodeWord.Consts)),
  getset('co_names', ref(CodeWord.Names)),
  getset('co_filename', ref(CodeWord.FileName)),
  getset('co_name', ref(CodeWord.Name)),
  getset('co_qualname', ref(CodeWord.Qualname)),
  getset(
    'co_firstlineno',
    number((d) => d.firstlineno),
  ),
  getset('co_linetable', ref(CodeWord.LineTable)),
  getset('co_exceptiontable', ref(CodeWord.ExceptionTable)),
  getset('co_lnotab', lnotab),
  getset('_co_code_adaptive', codeBytesOf),
  getset('co_varnames', namesOfKind(CodeWord.VarNames, LocalKind.Local)),
  getset('co_cellvars', namesOfKind(CodeWord.CellVars, LocalKind.Cell)),
  getset('co_freevars', namesOfKind(CodeWord.FreeVars, LocalKind.Free)),
  getset('co_code', codeBytesOf),
];

type LineRange = [start: number, end: number, line: number | null];

/** Runs of bytes with the same line. */
function lineRanges(data: CodeData): LineRange[] {
  const ranges: LineRange[] = [];
  decodeLocations(data).forEach(({ lineno }, i) => {
    const last = ranges.at(-1);
    if (last !== undefined && last[2] === lineno) last[1] = 2 * i + 2;
    else ranges.push([2 * i, 2 * i + 2, lineno]);
  });
  return ranges;
}

/** What is not known is −1 in the location table. */
function orNone(rt: Runtime, n: number | null): Owned {
  return n === null || n < 0 ? (S.None as Ref as Owned) : newInt(rt, n);
}

function iterator(rt: Runtime, items: Owned[]): Owned {
  const m = tempMark(rt);
  const list = temp(rt, listTake(rt, items));
  return releaseKeeping(rt, m, iter(rt, list));
}

function coLines(rt: Runtime, code: Ref): Owned {
  const ranges = lineRanges(codeDataOf(rt, code));
  return iterator(
    rt,
    ranges.map(([start, end, line]) =>
      tupleFromTemps(
        rt,
        tempMark(rt),
        temp(rt, newInt(rt, start)),
        temp(rt, newInt(rt, end)),
        temp(rt, orNone(rt, line)),
      ),
    ),
  );
}

function coPositions(rt: Runtime, code: Ref): Owned {
  const list = temp(rt, newList(rt, 0));
  for (const l of decodeLocations(codeDataOf(rt, code))) {
    const item = tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, orNone(rt, l.lineno)),
      temp(rt, orNone(rt, l.endLineno)),
      temp(rt, orNone(rt, l.col)),
      temp(rt, orNone(rt, l.endCol)),
    );
    listAppendTake(rt, list, item);
  }
  const result = iter(rt, list);
  dropTemp(rt, list);
  return result;
}

function varnameFromOparg(rt: Runtime, code: Ref, oparg: Ref): Owned {
  const i = indexNumber(rt, oparg, T.OverflowError);
  const names = rt.words[code + CodeWord.LocalsPlusNames];
  if (i < 0 || i >= rt.words[names + TupleWord.Size]) indexError(rt, 'tuple index out of range');
  return newRef(rt, rt.words[names + TupleWord.Items + i]);
}

function sizeof(rt: Runtime, code: Ref): Owned {
  const size = (192 + codeDataOf(rt, code).code.length + 7) & -8;
  return newInt(rt, size);
}

function replace(rt: Runtime, code: Ref, _args: number, nargs: number, kwnames: Ref): Owned {
  if (nargs > 0) typeError(rt, `replace() takes no positional arguments`);
  const H = rt.words;
  const parts = dataOf(rt, code);
  const n = kwnames === 0 ? 0 : H[kwnames + TupleWord.Size];
  for (let i = 0; i < n; i++) {
    setPart(rt, parts, strText(rt, H[kwnames + TupleWord.Items + i]), H[_args + nargs + i], false);
  }
  return codeFromParts(rt, parts);
}

type Parts = ReturnType<typeof dataOf>;

const NUMBERS = new Map<string, keyof Parts['numbers']>([
  ['co_argcount', 'argcount'],
  ['co_posonlyargcount', 'posonlyargcount'],
  ['co_kwonlyargcount', 'kwonlyargcount'],
  ['co_nlocals', 'nlocals'],
  ['co_stacksize', 'stacksize'],
  ['co_flags', 'flags'],
  ['co_firstlineno', 'firstlineno'],
]);
const TUPLES = new Map<string, keyof Parts['tuples']>([
  ['co_consts', 'consts'],
  ['co_names', 'names'],
  ['co_varnames', 'varnames'],
  ['co_freevars', 'freevars'],
  ['co_cellvars', 'cellvars'],
]);
const TEXTS = new Map<string, keyof Parts['texts']>([
  ['co_filename', 'filename'],
  ['co_name', 'name'],
  ['co_qualname', 'qualname'],
]);
const BYTES = new Map<string, keyof Parts['bytes']>([
  ['co_code', 'code'],
  ['co_linetable', 'linetable'],
  ['co_exceptiontable', 'exceptiontable'],
]);

/** Says where a part came from: an argument of `replace`, by name, or of `code`, by number. */
function argumentText(name: string, isNew: boolean): string {
  return isNew ? `code() argument ${ORDER.indexOf(name) + 1}` : `replace() argument '${name}'`;
}

function wrongPart(rt: Runtime, where: string, what: string, value: Ref): never {
  typeError(rt, `${where} must be ${what}, not ${argumentName(rt, value)}`);
}

/** Puts an argument of `replace`, or of `code` (`isNew`), into its place. Raises TypeError, OverflowError, ValueError. @runsPython */
function setPart(rt: Runtime, parts: Parts, name: string, value: Ref, isNew: boolean): void {
  const numberKey = NUMBERS.get(name);
  const tupleKey = TUPLES.get(name);
  const textKey = TEXTS.get(name);
  const bytesKey = BYTES.get(name);
  if (numberKey !== undefined) {
    parts.numbers[numberKey] = asPlainCInt(rt, value);
    if (parts.numbers[numberKey] < 0) refuseNegative(rt, name, isNew);
  } else if (tupleKey !== undefined) {
    if (!isTuple(rt, value)) wrongPart(rt, argumentText(name, isNew), 'tuple', value);
    if (name !== 'co_consts') checkNames(rt, value, isNew);
    parts.tuples[tupleKey] = value;
  } else if (textKey !== undefined) {
    if (!isStr(rt, value)) wrongPart(rt, argumentText(name, isNew), 'str', value);
    parts.texts[textKey] = strText(rt, value);
  } else if (bytesKey !== undefined) {
    if (rt.words[value + ObjectWord.Type] !== T.bytes) wrongPart(rt, argumentText(name, isNew), 'bytes', value);
    parts.bytes[bytesKey] = bytesData(rt, value).slice();
  } else typeError(rt, `'${name}' is an invalid keyword argument for replace()`);
}

const MAX_C_INT = 0x7fffffff;

/** Source: CPython 3.12 _PyLong_AsInt. */
function asPlainCInt(rt: Runtime, value: Ref): number {
  const n = indexNumber(rt, value, 0);
  if (n > MAX_C_INT || n < -MAX_C_INT - 1) overflowError(rt, 'Python int too large to convert to C int');
  return n;
}

/** `code` takes negative numbers for what is no count: those that do not fit are found by `checkParts`. */
function refuseNegative(rt: Runtime, name: string, isNew: boolean): void {
  if (!isNew) valueError(rt, `${name} must be a positive integer`);
  const field = NUMBERS.get(name)!;
  if (field === 'nlocals' || field.endsWith('argcount')) valueError(rt, `code: ${field} must not be negative`);
}

function checkNames(rt: Runtime, names: Ref, isNew: boolean): void {
  const H = rt.words;
  for (let i = 0; i < H[names + TupleWord.Size]; i++) {
    const item = H[names + TupleWord.Items + i];
    if (isStr(rt, item)) continue;
    if (!isNew) systemError(rt, 'non-string found in code slot');
    typeError(rt, `name tuples must contain only strings, not '${kindName(rt, item)}'`);
  }
}

export const CODE_METHODS = [
  native('__sizeof__($self, /)', sizeof),
  native('co_lines($self, /)', coLines),
  native('co_positions($self, /)', coPositions),
  nativeRaw('replace', replace, {
    keywords: true,
    doc: 'Return a copy of the code object with new values for the specified fields.',
  }),
  native('_varname_from_oparg($self, /, oparg)', varnameFromOparg, {
    doc: 'Return the local variable name for the given oparg.\n\nWARNING: this method is for internal use only and may change or go away.',
  }),
];

export function codeRepr(rt: Runtime, code: Ref): Owned {
  const data = codeDataOf(rt, code);
  const line = data.firstlineno === 0 ? -1 : data.firstlineno;
  return newStr(rt, `<code object ${data.name} at ${hexAddress(code)}, file "${data.filename}", line ${line}>`);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function sameFields(a: CodeData, b: CodeData): boolean {
  return (
    a.name === b.name &&
    a.argcount === b.argcount &&
    a.posonlyargcount === b.posonlyargcount &&
    a.kwonlyargcount === b.kwonlyargcount &&
    a.flags === b.flags &&
    a.firstlineno === b.firstlineno &&
    sameBytes(a.code, b.code) &&
    sameBytes(a.linetable, b.linetable) &&
    sameBytes(a.exceptiontable, b.exceptiontable)
  );
}

/** Equal: all that matters for running, and the names of variables. */
export function codeCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const comparable = H[a + ObjectWord.Type] === T.code && H[b + ObjectWord.Type] === T.code;
  if (!comparable || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return S.NotImplemented as Ref as Owned;
  const same =
    sameFields(codeDataOf(rt, a), codeDataOf(rt, b)) &&
    sameConstants(rt, H[a + CodeWord.Consts], H[b + CodeWord.Consts]) &&
    compareBool(rt, H[a + CodeWord.Names], H[b + CodeWord.Names], CompareOp.Eq) &&
    compareBool(rt, H[a + CodeWord.LocalsPlusNames], H[b + CodeWord.LocalsPlusNames], CompareOp.Eq);
  return pyBool(same === (op === CompareOp.Eq)) as Owned;
}

/** Equal by type and value: 1 and 1.0 differ. (_PyCode_ConstantKey) */
function sameConstants(rt: Runtime, a: Ref, b: Ref): boolean {
  const H = rt.words;
  if (a === b) return true;
  if (H[a + ObjectWord.Type] !== H[b + ObjectWord.Type]) return false;
  if (H[a + ObjectWord.Type] !== T.tuple) return compareBool(rt, a, b, CompareOp.Eq);
  const n = H[a + TupleWord.Size];
  if (n !== H[b + TupleWord.Size]) return false;
  for (let i = 0; i < n; i++) {
    if (!sameConstants(rt, H[a + TupleWord.Items + i], H[b + TupleWord.Items + i])) return false;
  }
  return true;
}

export function codeHash(rt: Runtime, code: Ref): number {
  const H = rt.words;
  const data = codeDataOf(rt, code);
  let low = hash(rt, H[code + CodeWord.Name]);
  let high = rt.hashHigh;
  for (const word of [CodeWord.Names, CodeWord.LocalsPlusNames, CodeWord.LineTable, CodeWord.ExceptionTable]) {
    low = Math.imul(low ^ hash(rt, H[code + word]), 1000003);
    high = Math.imul(high ^ rt.hashHigh, 1000003);
  }
  for (const n of [data.argcount, data.flags, data.firstlineno, data.code.length]) low = Math.imul(low ^ n, 1000003);
  rt.hashHigh = high;
  return low === -1 && high === -1 ? -2 : low;
}

/** `types.CodeType(...)` */
export function codeNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'code() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n < 16) typeError(rt, `code expected at least 16 arguments, got ${n}`);
  if (n > 18) typeError(rt, `code expected at most 18 arguments, got ${n}`);
  const at = (i: number): Ref => H[args + TupleWord.Items + i];
  const parts: Parts = {
    numbers: { argcount: 0, posonlyargcount: 0, kwonlyargcount: 0, nlocals: 0, stacksize: 0, flags: 0, firstlineno: 0 },
    tuples: {
      consts: 0,
      names: 0,
      varnames: 0,
      freevars: S.EmptyTuple,
      cellvars: S.EmptyTuple,
    },
    texts: { filename: '', name: '', qualname: '' },
    bytes: { code: new Uint8Array(0), linetable: new Uint8Array(0), exceptiontable: new Uint8Array(0) },
  };
  ORDER.slice(0, n).forEach((name, i) => {
    setPart(rt, parts, name, at(i), true);
  });
  return codeFromParts(rt, parts);
}

const ORDER: readonly string[] = [
  'co_argcount',
  'co_posonlyargcount',
  'co_kwonlyargcount',
  'co_nlocals',
  'co_stacksize',
  'co_flags',
  'co_code',
  'co_consts',
  'co_names',
  'co_varnames',
  'co_filename',
  'co_name',
  'co_qualname',
  'co_firstlineno',
  'co_linetable',
  'co_exceptiontable',
  'co_freevars',
  'co_cellvars',
];
