/** Python source text to syntax trees. Start reading at `parse.ts`. */

export * from './ast.ts';
export {
  PythonSyntaxError,
  type SyntaxErrorDetails,
  type SyntaxErrorType,
  type SyntaxWarningRecord,
} from './errors.ts';
export type { UnicodeNameLookup } from './literals.ts';
export {
  type InteractiveResult,
  parse,
  parseInteractive,
  type ParseMode,
  type ParseOptions,
  type ParseResult,
} from './parse.ts';
export { decodeSource } from './source.ts';
