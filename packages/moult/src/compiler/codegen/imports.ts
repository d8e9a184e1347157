/** `import` and `from ... import`. */

import type { Import, ImportFrom, Position } from '../../syntax/ast.ts';
import { ComputedTuple } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { Intrinsic1, Op } from '../opcodes.ts';
import type { Generator } from './generator.ts';
import { indexOf } from './unit.ts';

export function compileImport(g: Generator, s: Import): void {
  for (const alias of s.names) {
    g.loadConst(s, 0n);
    g.loadConst(s, null);
    g.opName(s, Op.IMPORT_NAME, alias.name);
    if (alias.asname !== null) bindSubmodule(g, s, alias.name, alias.asname);
    else g.nameOp(s, alias.name.split('.', 1)[0]!, 'Store');
  }
}

/** `import a.b.c as d` binds `a.b.c`, found by attribute from the imported `a`. */
function bindSubmodule(g: Generator, loc: Position, name: string, asname: string): void {
  const attrs = name.split('.').slice(1);
  attrs.forEach((attr, i) => {
    g.op(loc, Op.IMPORT_FROM, indexOf(g.unit.names, attr));
    if (i === attrs.length - 1) return;
    g.op(loc, Op.SWAP, 2);
    g.op(loc, Op.POP_TOP);
  });
  g.nameOp(loc, asname, 'Store');
  if (attrs.length > 0) g.op(loc, Op.POP_TOP);
}

export function compileImportFrom(g: Generator, s: ImportFrom): void {
  g.loadConst(s, BigInt(s.level));
  if (s.module === '__future__' && isAfter(s, g.context.futureLocation)) {
    throw g.context.error('from __future__ imports must occur at the beginning of the file', s);
  }
  g.loadConst(s, new ComputedTuple(s.names.map((alias) => alias.name)));
  g.opName(s, Op.IMPORT_NAME, s.module ?? '');
  for (const [i, alias] of s.names.entries()) {
    if (i === 0 && alias.name === '*') {
      g.op(s, Op.CALL_INTRINSIC_1, Intrinsic1.IMPORT_STAR);
      g.op(NO_LOCATION, Op.POP_TOP);
      return;
    }
    g.opName(s, Op.IMPORT_FROM, alias.name);
    g.nameOp(s, alias.asname ?? alias.name, 'Store');
  }
  g.op(s, Op.POP_TOP);
}

function isAfter(loc: Position, limit: Position | null): boolean {
  if (limit === null) return true;
  return loc.lineno > limit.endLineno || (loc.lineno === limit.endLineno && loc.colOffset > limit.endColOffset);
}
