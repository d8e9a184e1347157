/** The compiler: from a syntax tree to a code object. */

import type { Mod } from '../syntax/ast.ts';
import { PythonSyntaxError } from '../syntax/errors.ts';
import type { CodeData } from './code-data.ts';
import { Generator } from './codegen/generator.ts';
import { hasAnnotations, visitModuleOrClassBody } from './codegen/functions.ts';
import { visitExpr } from './codegen/expressions.ts';
import { visitBody } from './codegen/statements.ts';
import { ScopeType } from './codegen/unit.ts';
import { CompileContext, recursionError } from './context.ts';
import type { CompileOptions } from './context.ts';
import { foldConstants } from './fold/fold.ts';
import { findFutureFeatures } from './future.ts';
import { Op } from './opcodes.ts';
import type { Block } from './symbols/scopes.ts';
import { buildSymbolTable } from './symbols/table.ts';

export type { CompileOptions } from './context.ts';

const MODULE_LOCATION = { lineno: 1, endLineno: 1, colOffset: 0, endColOffset: 0 };

/** Compiles a tree to the code object of its module, as `compile(tree, filename, mode)` does.
 *  Consumes `ast`: constants are folded in place, so a tree can be compiled once.
 *  Throws PythonSyntaxError, also for trees too deep to compile. */
export function compileModule(ast: Mod, options: CompileOptions): CodeData {
  if (ast.kind === 'FunctionType') throw new TypeError('a function type cannot be compiled');
  const context = new CompileContext(options);
  try {
    findFutureFeatures(ast, context);
    foldConstants(ast, context);
    const symtable = buildSymbolTable(ast, context);
    context.resetDepth();
    return generateModule(new Generator(context, symtable), ast);
  } catch (error) {
    if (error instanceof RangeError && !(error instanceof PythonSyntaxError) && /call stack/.test(error.message)) {
      throw recursionError(options.filename);
    }
    throw error;
  }
}

/** The symbol table's outermost block for a tree, which is left as it is. Throws PythonSyntaxError. */
export function symbolsOf(ast: Mod, options: CompileOptions): Block {
  if (ast.kind === 'FunctionType') throw new TypeError('a function type has no symbols');
  const context = new CompileContext(options);
  findFutureFeatures(ast, context);
  return buildSymbolTable(ast, context).top;
}

function generateModule(g: Generator, ast: Exclude<Mod, { kind: 'FunctionType' }>): CodeData {
  g.enterScope('<module>', ScopeType.Module, ast, 1);
  switch (ast.kind) {
    case 'Module':
      visitModuleOrClassBody(g, MODULE_LOCATION, ast.body);
      break;
    case 'Interactive':
      if (hasAnnotations(ast.body)) g.op(MODULE_LOCATION, Op.SETUP_ANNOTATIONS);
      visitBody(g, ast.body);
      break;
    case 'Expression':
      visitExpr(g, ast.body);
      break;
  }
  return g.finishScope(ast.kind !== 'Expression');
}
