/** What `compile()` does with syntax trees: making them from source, and compiling them. */
import type { Owned, Ref } from '@moult/heap';
import { raiseSyntaxError } from '../../objects/exceptions/syntax-error.ts';
import { newCode } from '../../objects/functions/code.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { DialectOptions } from '../../syntax/dialect.ts';
import { PythonSyntaxError } from '../../syntax/errors.ts';
import { parse } from '../../syntax/parse.ts';
import type { ParseMode, ParseResult } from '../../syntax/parse.ts';
import { compileTree, issueWarnings } from '../builtins/compile.ts';
import type { SourceOptions } from '../builtins/compile.ts';
import { treeFromObject } from './from-object.ts';
import { treeToObject } from './to-object.ts';
import { validate } from './validate.ts';

export { isNode } from './classes.ts';

/** The options of a source that is only parsed. */
interface TreeOptions {
  readonly filename: string;
  readonly mode: ParseMode;
  readonly dontImplyDedent: boolean;
  readonly allowIncompleteInput: boolean;
  readonly dialect: DialectOptions;
}

/** `compile(source, …, PyCF_ONLY_AST)`. Raises SyntaxError and its kin. @runsPython */
export function sourceToObject(rt: Runtime, source: string | Uint8Array, options: TreeOptions): Owned {
  const { ast, warnings } = catching(rt, (): ParseResult => parse(source, options));
  issueWarnings(rt, warnings, options.filename);
  return treeToObject(rt, ast);
}

/** `compile(node, …)`: the code object of a tree. Raises TypeError and ValueError for what is no tree. @runsPython */
export function compileObject(rt: Runtime, object: Ref, options: SourceOptions): Owned {
  const tree = treeFromObject(rt, object, options.mode);
  validate(rt, tree);
  return newCode(
    rt,
    catching(rt, () => compileTree(rt, tree, [], options)),
  );
}

/** `compile(node, …, PyCF_ONLY_AST)`: the node, if it suits the mode. @runsPython */
export function checkObject(rt: Runtime, object: Ref, mode: ParseMode): void {
  validate(rt, treeFromObject(rt, object, mode));
}

function catching<R>(rt: Runtime, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return raiseSyntaxError(rt, error);
  }
}
