/** From a finished unit to a code object: graph, optimisation, assembly. */

import { assemble } from './assemble.ts';
import { buildGraph } from './cfg/build.ts';
import { pushColdBlocksToEnd } from './cfg/cold-blocks.ts';
import { labelExceptionTargets } from './cfg/exceptions.ts';
import { convertPseudoOps, resolveJumps } from './cfg/jumps.ts';
import { resolveLineNumbers } from './cfg/line-numbers.ts';
import { localsPlusTable, prepareLocalsPlus } from './cfg/locals-plus.ts';
import { optimizeGraph, removeUnusedConsts } from './cfg/optimize.ts';
import { computeStackDepth } from './cfg/stack-depth.ts';
import { checkUnboundLocals } from './cfg/unbound-locals.ts';
import { CodeData } from './code-data.ts';
import type { Unit } from './codegen/unit.ts';
import type { ConstPool } from './const-pool.ts';

export function assembleUnit(unit: Unit, flags: number, pool: ConstPool, filename: string): CodeData {
  const consts = [...unit.consts];
  let entry = buildGraph(unit.sequence);
  labelExceptionTargets(entry);
  entry = optimizeGraph(entry, consts, pool);
  removeUnusedConsts(entry, consts);
  checkUnboundLocals(entry, unit.varnames.size, unit.block.varnames.length);
  pushColdBlocksToEnd(entry);
  resolveLineNumbers(entry, unit.firstlineno);
  prepareLocalsPlus(unit, entry, flags);
  const stacksize = computeStackDepth(entry, flags);
  convertPseudoOps(entry);
  resolveJumps(entry);
  const { code, linetable, exceptiontable } = assemble(entry, unit.firstlineno);
  const { names: localsplusnames, kinds: localspluskinds } = localsPlusTable(unit);
  return new CodeData({
    name: unit.name,
    qualname: unit.qualname,
    filename,
    firstlineno: unit.firstlineno,
    flags,
    argcount: unit.posonlyargcount + unit.argcount,
    posonlyargcount: unit.posonlyargcount,
    kwonlyargcount: unit.kwonlyargcount,
    stacksize,
    consts: consts.map((pooled) => pooled.value),
    names: [...unit.names.keys()],
    localsplusnames,
    localspluskinds,
    code,
    linetable,
    exceptiontable,
  });
}
