/** Taking code objects apart and making them from parts: `code.replace` and `types.CodeType`. */
import { newRef, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { checkedCode } from '../../compiler/check-code.ts';
import { CodeFlag, LocalKind } from '../../compiler/code-data.ts';
import type { CodeFields } from '../../compiler/code-data.ts';
import { Op, OPCODES } from '../../compiler/opcodes.ts';
import { systemError, valueError } from '../../core/errors.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { codeDataOf } from './code-data.ts';
import { newCode } from './code.ts';

/** What `types.CodeType` takes. Tuples are borrowed. */
interface CodeParts {
  numbers: {
    argcount: number;
    posonlyargcount: number;
    kwonlyargcount: number;
    nlocals: number;
    stacksize: number;
    flags: number;
    firstlineno: number;
  };
  tuples: { consts: Ref; names: Ref; varnames: Ref; freevars: Ref; cellvars: Ref };
  texts: { filename: string; name: string; qualname: string };
  bytes: { code: Uint8Array; linetable: Uint8Array; exceptiontable: Uint8Array };
}

/** The parts of a code object. */
export function dataOf(rt: Runtime, code: Ref): CodeParts {
  const H = rt.words;
  const { argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno, ...rest } = codeDataOf(
    rt,
    code,
  );
  const names = (attribute: string): Ref => temp(rt, getAttrText(rt, code, attribute));
  return {
    numbers: { argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno },
    tuples: {
      consts: H[code + CodeWord.Consts],
      names: H[code + CodeWord.Names],
      varnames: names('co_varnames'),
      freevars: names('co_freevars'),
      cellvars: names('co_cellvars'),
    },
    texts: { filename: rest.filename, name: rest.name, qualname: rest.qualname },
    bytes: { code: rest.code, linetable: rest.linetable, exceptiontable: rest.exceptiontable },
  };
}

function texts(rt: Runtime, tuple: Ref): string[] {
  const result: string[] = [];
  for (let i = 0; i < rt.words[tuple + TupleWord.Size]; i++) {
    const item = rt.words[tuple + TupleWord.Items + i];
    result.push(strText(rt, item));
  }
  return result;
}

/** Marks the variables of comprehensions that became part of a class body or module: those that the code saves and clears. */
function hideCleared(rt: Runtime, code: Uint8Array, kinds: number[]): void {
  let high = 0;
  for (let i = 0; i < code.length; i += 2 * (1 + (OPCODES[code[i]!]?.ncaches ?? 0))) {
    const arg = (high << 8) | code[i + 1]!;
    high = code[i] === (Op.EXTENDED_ARG as number) ? arg : 0;
    if (code[i] !== (Op.LOAD_FAST_AND_CLEAR as number)) continue;
    if (arg >= kinds.length) valueError(rt, 'code: LOAD_FAST_AND_CLEAR oparg out of range');
    kinds[arg] = kinds[arg]! | LocalKind.Hidden;
  }
}

/** Raises for parts that do not fit together. Source: CPython 3.12 _PyCode_Validate. */
export function checkParts(rt: Runtime, fields: CodeFields): void {
  const { argcount, posonlyargcount, kwonlyargcount, flags, code, localspluskinds: kinds } = fields;
  if (posonlyargcount > argcount || fields.stacksize < 0 || flags < 0 || kinds.length !== fields.localsplusnames.length)
    systemError(rt, 'bad argument to internal function');
  if (code.length % 2 !== 0 || code.length === 0) valueError(rt, 'code: co_code is malformed');
  const rest = ((flags & CodeFlag.VARARGS) === 0 ? 0 : 1) + ((flags & CodeFlag.VARKEYWORDS) === 0 ? 0 : 1);
  const locals = kinds.reduce((count, kind) => count + ((kind & LocalKind.Local) === 0 ? 0 : 1), 0);
  if (argcount + kwonlyargcount + rest > locals) valueError(rt, 'code: co_varnames is too small');
}

/** A code object from parts. Raises ValueError for parts that do not fit together. */
export function codeFromParts(rt: Runtime, parts: CodeParts): Owned {
  const { numbers, tuples, bytes } = parts;
  const varnames = texts(rt, tuples.varnames);
  const cellvars = texts(rt, tuples.cellvars);
  const freevars = texts(rt, tuples.freevars);
  const onlyCells = cellvars.filter((name) => !varnames.includes(name));
  const kinds = [
    ...varnames.map((name) => (cellvars.includes(name) ? LocalKind.Local | LocalKind.Cell : LocalKind.Local)),
    ...onlyCells.map(() => LocalKind.Cell),
    ...freevars.map(() => LocalKind.Free),
  ];
  if ((numbers.flags & CodeFlag.OPTIMIZED) === 0) hideCleared(rt, bytes.code, kinds);
  const fields = {
    ...numbers,
    ...parts.texts,
    ...bytes,
    consts: [],
    names: texts(rt, tuples.names),
    localsplusnames: [...varnames, ...onlyCells, ...freevars],
    localspluskinds: Uint8Array.from(kinds),
  };
  checkParts(rt, fields);
  if (numbers.nlocals !== varnames.length) valueError(rt, 'code: co_nlocals != len(co_varnames)');
  const data = checkedCode(fields, rt.words[tuples.consts + TupleWord.Size]);
  const code = newCode(rt, data);
  setWord(rt, code + CodeWord.Consts, newRef(rt, tuples.consts));
  return code;
}
