/** The module `_symtable`: what the compiler knows of the names of each block, as objects. */
import { addressOf, genericAlloc, LayoutKind, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { symbolsOf } from '../compiler/compile.ts';
import { BlockType, Def, Scope, SCOPE_OFFSET } from '../compiler/symbols/scopes.ts';
import type { Block } from '../compiler/symbols/scopes.ts';
import { dictSetTake, newDict } from '../core/dict/index.ts';
import { typeError, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { listAppendTake, newList } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { member, MemberKind, native } from '../core/native.ts';
import { reprText } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { internText, newStr, strText } from '../core/str.ts';
import { temp, untemp } from '../core/temps.ts';
import { defineType, moduleType } from '../core/type-spec.ts';
import { argumentName, isStr } from '../core/types.ts';
import { raiseSyntaxError } from '../objects/exceptions/syntax-error.ts';
import { PythonSyntaxError } from '../syntax/errors.ts';
import { parse } from '../syntax/parse.ts';
import { sourceText } from './builtins/code.ts';
import { dialectOf, issueWarnings } from './builtins/compile.ts';
import { setTake } from './make.ts';
import { pathText } from './posix/paths.ts';

const ENTRY = moduleType();

/** `PySTEntryObject` (120 bytes): what of it programs can see. */
const enum EntryWord {
  Id = 2,
  Symbols = 3,
  Name = 4,
  VarNames = 5,
  Children = 6,
  Type = 7,
  Nested = 8,
  Line = 9,
  Words = 15,
}

/** `symtable entry` of a block and those inside. Nothing runs Python here. */
function newEntry(rt: Runtime, block: Block): Owned {
  const H = rt.words;
  const entry = temp(rt, genericAlloc(rt, ENTRY));
  H[entry + EntryWord.Id] = newInt(rt, addressOf(entry));
  H[entry + EntryWord.Name] = internText(rt, block.name);
  const symbols = (H[entry + EntryWord.Symbols] = newDict(rt));
  for (const [name, word] of block.symbols) dictSetTake(rt, symbols, internText(rt, name), newInt(rt, word));
  const names = (H[entry + EntryWord.VarNames] = newList(rt, 0));
  for (const name of block.varnames) listAppendTake(rt, names, internText(rt, name));
  const children = (H[entry + EntryWord.Children] = newList(rt, 0));
  for (const child of block.children) listAppendTake(rt, children, newEntry(rt, child));
  H[entry + EntryWord.Type] = TYPES[block.type] as number;
  H[entry + EntryWord.Nested] = block.nested ? 1 : 0;
  H[entry + EntryWord.Line] = block.position.lineno;
  return untemp(rt, entry);
}

/** CPython's numbers of the kinds of blocks. */
const TYPES: Readonly<Record<BlockType, number>> = {
  [BlockType.Function]: 0,
  [BlockType.Class]: 1,
  [BlockType.Module]: 2,
  [BlockType.Annotation]: 3,
  [BlockType.TypeVarBound]: 4,
  [BlockType.TypeAlias]: 5,
  [BlockType.TypeParam]: 6,
};

defineType({
  ref: ENTRY,
  name: 'symtable entry',
  builtin: true,
  basicSize: 8 * EntryWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: [EntryWord.Id, EntryWord.Symbols, EntryWord.Name, EntryWord.VarNames, EntryWord.Children],
  slots: {
    repr: (rt, self) => {
      const H = rt.words;
      const name = strText(rt, H[self + EntryWord.Name]);
      return newStr(
        rt,
        `<symtable entry ${name}(${reprText(rt, H[self + EntryWord.Id])}), line ${H[self + EntryWord.Line]}>`,
      );
    },
  },
  members: [
    member('id', EntryWord.Id),
    member('name', EntryWord.Name),
    member('symbols', EntryWord.Symbols),
    member('varnames', EntryWord.VarNames),
    member('children', EntryWord.Children),
    member('nested', EntryWord.Nested, MemberKind.Number),
    member('type', EntryWord.Type, MemberKind.Number),
    member('lineno', EntryWord.Line, MemberKind.Number),
  ],
});

/** `symtable(source, filename, startstr, /)` @runsPython (warnings) */
function symtable(rt: Runtime, _module: Ref, source: Ref, file: Ref, start: Ref): Owned {
  const filename = isStr(rt, file)
    ? strText(rt, file)
    : pathText(rt, file, 'expected str, bytes or os.PathLike object');
  if (!isStr(rt, start)) typeError(rt, `symtable() argument 3 must be str, not ${argumentName(rt, start)}`);
  const text = sourceText(rt, source, 'symtable', 'string or bytes');
  const mode = strText(rt, start);
  if (mode !== 'exec' && mode !== 'eval' && mode !== 'single')
    return valueError(rt, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  let top: Block;
  try {
    const { ast, warnings } = parse(text, { filename, mode, dialect: dialectOf(rt, 0) });
    issueWarnings(rt, warnings, filename);
    top = symbolsOf(ast, { filename, mode });
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return raiseSyntaxError(rt, error);
  }
  return newEntry(rt, top);
}

/** `DEF_FREE` is a flag that the compiler does not set any more. */
const DEF_FREE = 32;

const CONSTANTS: Readonly<Record<string, number>> = {
  USE: Def.USE,
  DEF_GLOBAL: Def.GLOBAL,
  DEF_NONLOCAL: Def.NONLOCAL,
  DEF_LOCAL: Def.LOCAL,
  DEF_PARAM: Def.PARAM,
  DEF_FREE,
  DEF_FREE_CLASS: Def.FREE_CLASS,
  DEF_IMPORT: Def.IMPORT,
  DEF_BOUND: Def.LOCAL | Def.PARAM | Def.IMPORT,
  DEF_ANNOT: Def.ANNOT,
  TYPE_FUNCTION: TYPES[BlockType.Function],
  TYPE_CLASS: TYPES[BlockType.Class],
  TYPE_MODULE: TYPES[BlockType.Module],
  TYPE_ANNOTATION: TYPES[BlockType.Annotation],
  TYPE_TYPE_VAR_BOUND: TYPES[BlockType.TypeVarBound],
  TYPE_TYPE_ALIAS: TYPES[BlockType.TypeAlias],
  TYPE_TYPE_PARAM: TYPES[BlockType.TypeParam],
  LOCAL: Scope.Local,
  GLOBAL_EXPLICIT: Scope.GlobalExplicit,
  GLOBAL_IMPLICIT: Scope.GlobalImplicit,
  FREE: Scope.Free,
  CELL: Scope.Cell,
  SCOPE_OFF: SCOPE_OFFSET,
  SCOPE_MASK: 15,
};

defineModule({
  name: '_symtable',
  functions: [
    native('symtable($module, source, filename, startstr, /)', symtable, {
      doc: 'The symbol table of a source, as the compiler has it.',
    }),
  ],
  populate: (rt, dict) => {
    for (const [name, value] of Object.entries(CONSTANTS)) setTake(rt, dict, name, newInt(rt, value));
  },
});
