/** Code objects: made from what the compiler gives, with real objects for everything that programs see. */
import {
  allocMetered,
  clearWeakrefs,
  clearWord,
  freeMetered,
  hostAdd,
  hostFree,
  LayoutKind,
  newRef,
  ObjectWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { withoutColumns } from '../../compiler/without-columns.ts';
import type { CodeData } from '../../compiler/code-data.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newBytes } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { installUnits, releaseUnits } from '../../frames/code-area.ts';
import { ExecutableCode } from '../../frames/executable-code.ts';
import { instrumentsOf, Watched } from '../../frames/instruments.ts';
import { CODE_GETSETS, CODE_METHODS, codeCompare, codeHash, codeNew, codeRepr } from './code-attributes.ts';
import { codeDataOf } from './code-data.ts';
import { ConstantTable } from './constants.ts';

const enum CodeBytes {
  Head = 192,
  PerUnit = 2,
  SmallLimit = 512,
}

/** The code object of `data` with all nested ones. Constants that are equal are one object throughout. */
export function newCode(rt: Runtime, data: CodeData): Owned {
  const m = tempMark(rt);
  return releaseKeeping(rt, m, build(rt, data, new ConstantTable(rt, data, build)));
}

/** As `newCode`, for a program that runs from its syntax tree: first puts one more reference to every literal on the
 *  temporaries, as the tree's arena in CPython keeps them (bytes of the source twice) until the program ends. The caller releases them after the code. */
export function newProgramCode(rt: Runtime, data: CodeData): Owned {
  const m = tempMark(rt);
  const table = new ConstantTable(rt, data, build);
  const built = build(rt, data, table);
  const literals = [...table.literals].filter((literal) => rt.words[literal] >= 0);
  literals.push(...literals.filter((literal) => table.heldTwice.has(literal)));
  const kept = literals.map((literal) => newRef(rt, literal));
  const code = releaseKeeping(rt, m, built);
  for (const literal of kept) temp(rt, literal);
  return code;
}

/** Metered bytes: CPython's `sizeof` with the bytecode, rounded up to 8. */
function codeBytes(data: CodeData): number {
  return (CodeBytes.Head + data.code.length + 7) & -8;
}

function codeWords(nbytes: number): number {
  return nbytes <= CodeBytes.SmallLimit ? nbytes >> 3 : CodeWord.Words;
}

function build(rt: Runtime, given: CodeData, table: ConstantTable): Owned {
  const data = rt.options.flags?.['no_debug_ranges'] === 1 ? withoutColumns(given) : given;
  const consts = table.tuple(data.consts.map((value) => table.constant(value)));
  const names = table.tuple(data.names.map((name) => table.name(name)));
  const locals = table.tuple(data.localsplusnames.map((name) => table.name(name)));
  const words: readonly [word: number, value: Ref][] = [
    [CodeWord.Consts, consts],
    [CodeWord.Names, names],
    [CodeWord.LocalsPlusNames, locals],
    [CodeWord.LocalsPlusKinds, table.bytes(data.localspluskinds)],
    [CodeWord.FileName, table.text(data.filename)],
    [CodeWord.Name, table.name(data.name)],
    [CodeWord.Qualname, table.text(data.qualname)],
    [CodeWord.LineTable, table.bytes(data.linetable)],
    [CodeWord.ExceptionTable, table.bytes(data.exceptiontable)],
  ];
  const code = allocCode(rt, data);
  for (const [word, value] of words) rt.words[code + word] = newRef(rt, value);
  return code;
}

/** A code object without any of its references. */
function allocCode(rt: Runtime, data: CodeData): Owned {
  const H = rt.words;
  const nbytes = codeBytes(data);
  const code = allocMetered(rt, codeWords(nbytes), nbytes);
  H.fill(0, code, code + CodeWord.Words);
  H[code] = 1;
  H[code + ObjectWord.Type] = T.code;
  H[code + CodeWord.Size] = data.code.length / CodeBytes.PerUnit;
  H[code + CodeWord.Payload] = hostAdd(rt, newExecutable(rt, code, data));
  return code as Owned;
}

function newExecutable(rt: Runtime, code: Ref, data: CodeData): ExecutableCode {
  const H = rt.words;
  const exec = new ExecutableCode(data);
  installUnits(rt, code, exec);
  if ((H[RootRef.TraceFunction] | H[RootRef.ProfileFunction] | H[RootNum.Monitored]) !== 0)
    instrumentsOf(exec).watch(Watched.Start);
  return exec;
}

/** The bytecode as a bytes object, made once; borrowed. (`co_code`) */
export function codeBytesObject(rt: Runtime, code: Ref): Ref {
  const H = rt.words;
  if (H[code + CodeWord.CodeBytes] === 0)
    H[code + CodeWord.CodeBytes] = newBytes(rt, codeDataOf(rt, code).code.slice());
  return H[code + CodeWord.CodeBytes];
}

const OWNED: readonly number[] = [
  CodeWord.CodeBytes,
  CodeWord.CellVars,
  CodeWord.FreeVars,
  CodeWord.VarNames,
  CodeWord.Consts,
  CodeWord.Names,
  CodeWord.LocalsPlusNames,
  CodeWord.LocalsPlusKinds,
  CodeWord.FileName,
  CodeWord.Name,
  CodeWord.Qualname,
  CodeWord.LineTable,
  CodeWord.ExceptionTable,
];

/** Source: CPython 3.12 code_dealloc. */
function deallocCode(rt: Runtime, code: Ref): void {
  const data = codeDataOf(rt, code);
  for (let i = 4; i < OWNED.length; i++) clearWord(rt, code + OWNED[i]);
  for (let i = 0; i < 4; i++) clearWord(rt, code + OWNED[i]);
  clearWeakrefs(rt, code);
  hostFree(rt, rt.words[code + CodeWord.Payload]);
  releaseUnits(rt, code);
  const nbytes = codeBytes(data);
  freeMetered(rt, code, codeWords(nbytes), nbytes);
}

defineType({
  ref: T.code,
  name: 'code',
  basicSize: 192,
  itemSize: 2,
  words: CodeWord.Words,
  itemWords: 0,
  layout: LayoutKind.Fixed,
  owned: OWNED,
  weakListWord: CodeWord.WeakList,
  shownWeakListOffset: 144,
  dealloc: deallocCode,
  doc: 'code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, varnames, filename, name,\n     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n     cellvars=(), /)\n--\n\nCreate a code object.  Not for the faint of heart.',
  slots: { repr: codeRepr, hash: codeHash, richcompare: codeCompare, new: codeNew },
  methods: CODE_METHODS,
  getset: CODE_GETSETS,
});
