/** Code objects as plain JSON, in the form that `dump_code.py` prints. */

import { CodeData, ConstFrozenSet, ConstTuple, LocalKind } from '../../packages/moult/src/compiler/code-data.ts';
import type { ConstValue } from '../../packages/moult/src/compiler/code-data.ts';
import { ELLIPSIS, PyComplex } from '../../packages/moult/src/syntax/ast.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Dump = { [key: string]: Json };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function floatHex(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

/** Python's float.hex() as the same text as `floatHex`; other text stays. */
function parseFloatHex(text: string): string {
  const match = /^(-?)(?:0x([01])\.([0-9a-f]+)p([+-]\d+)|inf)$/.exec(text);
  if (match === null) return text;
  let value = Infinity;
  if (match[2] !== undefined) {
    const digits = BigInt('0x' + match[2] + match[3]!);
    const exponent = Number(match[4]) - 4 * match[3]!.length;
    const half = Math.trunc(exponent / 2);
    value = Number(digits) * 2 ** half * 2 ** (exponent - half);
  }
  return floatHex(match[1] === '-' ? -value : value);
}

function constant(value: ConstValue): Json {
  if (value === null) return ['NoneType', 'None'];
  if (value === ELLIPSIS) return ['ellipsis', 'Ellipsis'];
  if (value instanceof CodeData) return dumpCode(value);
  if (value instanceof ConstTuple) return ['tuple', value.items.map(constant)];
  if (value instanceof ConstFrozenSet)
    return ['frozenset', value.items.map((item) => JSON.stringify(constant(item))).sort()];
  if (value instanceof Uint8Array) return ['bytes', hex(value)];
  if (value instanceof PyComplex) return ['complex', floatHex(value.real), floatHex(value.imag)];
  switch (typeof value) {
    case 'string':
      return ['str', Buffer.from(value, 'utf16le').swap16().toString('hex')];
    case 'number':
      return ['float', floatHex(value)];
    case 'bigint':
      return ['int', (value < 0n ? '-' : '') + '0x' + (value < 0n ? -value : value).toString(16)];
    default:
      return ['bool', value === true ? 'True' : 'False'];
  }
}

/** Brings floats of a constant dumped by Python into our form. */
export function normalize(value: Json): Json {
  if (!Array.isArray(value)) return value;
  const [type, ...rest] = value as [string, ...Json[]];
  if (type === 'float' || type === 'complex') return [type, ...rest.map((part) => parseFloatHex(part as string))];
  if (type === 'tuple') return [type, (rest[0] as Json[]).map(normalize)];
  if (type === 'frozenset') {
    return [type, (rest[0] as string[]).map((item) => JSON.stringify(normalize(JSON.parse(item) as Json))).sort()];
  }
  return value;
}

/** All fields of a code object, inner ones included. */
export function dumpCode(code: CodeData): Dump {
  const select = (kind: number): string[] =>
    code.localsplusnames.filter((_, i) => (code.localspluskinds[i]! & kind) !== 0);
  return {
    name: code.name,
    qualname: code.qualname,
    firstlineno: code.firstlineno,
    flags: code.flags,
    argcount: code.argcount,
    posonlyargcount: code.posonlyargcount,
    kwonlyargcount: code.kwonlyargcount,
    stacksize: code.stacksize,
    nlocals: code.nlocals,
    varnames: select(LocalKind.Local),
    cellvars: select(LocalKind.Cell),
    freevars: select(LocalKind.Free),
    names: [...code.names],
    code: hex(code.code),
    linetable: hex(code.linetable),
    exceptiontable: hex(code.exceptiontable),
    consts: code.consts.map(constant),
  };
}

/** Brings a code object dumped by Python into our form. */
export function normalizeDump(dump: Dump): Dump {
  const consts = dump['consts'];
  if (!Array.isArray(consts)) return dump;
  const isCode = (value: Json): value is Dump => value !== null && typeof value === 'object' && !Array.isArray(value);
  return { ...dump, consts: consts.map((value) => (isCode(value) ? normalizeDump(value) : normalize(value))) };
}
