/** The way in: source text to tree, or to the error CPython reports. */

import type { Mod } from './ast.ts';
import { DialectError, type DialectOptions, newDialect, type TypeComment } from './dialect.ts';
import { diagnose, type Diagnosis, unexplained } from './diagnose/diagnose.ts';
import { ErrorPlacer } from './diagnose/raise.ts';
import { PythonSyntaxError, type SyntaxWarningRecord } from './errors.ts';
import { escapeNamed } from '../text/ucd.ts';
import { LiteralError, type StringContext, type UnicodeNameLookup } from './literals.ts';
import { PARSE_FAILURE, TOO_COMPLEX } from './parser/base.ts';
import { Parser } from './parser/parser.ts';
import { decodeSource, normalizeSource, type SourceDecoder } from './source.ts';
import { byteToCharOffset } from './tokenizer/chars.ts';
import { Tokenizer } from './tokenizer/tokenizer.ts';

export type ParseMode = 'exec' | 'eval' | 'single' | 'func_type';

export interface ParseOptions {
  filename: string;
  mode: ParseMode;
  /** Resolves `\N{...}`; by default the Unicode character database. */
  unicodeName?: UnicodeNameLookup;
  /** PyCF_DONT_IMPLY_DEDENT: in `single` mode, the end of the text closes no block unless a newline is before it. */
  dontImplyDedent?: boolean;
  /** What `compile()` says of the language. */
  dialect?: DialectOptions;
  /** PyCF_ALLOW_INCOMPLETE_INPUT: a text that ends too early is the error `incomplete input`; `codeop` relies on it. */
  allowIncompleteInput?: boolean;
  /** The bytes are a program's file or standard input: without a declaration they must be UTF-8, and the error says so. */
  fromFile?: boolean;
  /** Decodes bytes in an encoding that is not known here; null if it is known nowhere. */
  decode?: SourceDecoder;
}

export interface ParseResult {
  ast: Mod;
  warnings: SyntaxWarningRecord[];
}

/** Parses a program. Throws PythonSyntaxError. */
export function parse(source: string | Uint8Array, options: ParseOptions): ParseResult {
  const { filename, mode } = options;
  const fromFile = (options.fromFile ?? false) && typeof source !== 'string';
  const decoded =
    typeof source === 'string'
      ? { text: source, undeclared: false }
      : decodeSource(source, filename, fromFile, options.decode);
  const text = normalizeSource(decoded.text, mode === 'exec');
  const dialect = newDialect(options.dialect);
  const tokenizer = new Tokenizer(text, {
    filename,
    typeComments: dialect.typeComments,
    single: mode === 'single',
    dontImplyDedent: options.dontImplyDedent ?? false,
    fromFile,
    byteOffsets: decoded.undeclared && !fromFile,
  }).run();
  const context: StringContext = {
    warnings: tokenizer.warnings,
    unicodeName: options.unicodeName ?? escapeNamed,
    dialect,
  };
  const parser = new Parser(tokenizer, context);
  const ast = attempt(() => {
    const tree = start(parser, mode);
    const end = tokenizer.tokens.end[parser.position - 1] ?? 0;
    return mode === 'single' && !restIsBlank(text, end) ? null : tree;
  }, tokenizer);
  const misplaced = dialect.typeComments?.misplaced(ast === null ? parser.position : tokenizer.tokens.count);
  if (misplaced !== undefined) throw commentError(tokenizer, 'invalid syntax', misplaced);
  if (ast !== null) return { ast, warnings: withErrors(context.warnings, tokenizer) };
  const { error } = explain(tokenizer, context, parser.position, mode, options.allowIncompleteInput ?? false);
  error.warnings = withErrors(context.warnings, tokenizer);
  throw error;
}

export type InteractiveResult =
  | { status: 'complete'; ast: Mod; warnings: SyntaxWarningRecord[] }
  | { status: 'incomplete' }
  | { status: 'error'; error: PythonSyntaxError };

/** Decides about the lines typed at a prompt so far, as CPython does when it reads a terminal: is there a statement,
 *  is more needed, or is there an error? A compound statement is complete when an empty line follows it. */
export function parseInteractive(
  text: string,
  options: { filename: string; unicodeName?: UnicodeNameLookup; dialect?: DialectOptions },
): InteractiveResult {
  const { filename } = options;
  const tokenizer = new Tokenizer(normalizeSource(text, true), { filename, interactive: true }).run();
  const unicodeName = options.unicodeName ?? escapeNamed;
  const context: StringContext = { warnings: tokenizer.warnings, unicodeName, dialect: newDialect(options.dialect) };
  try {
    const parser = new Parser(tokenizer, context);
    const ast = attempt(() => parser.interactive(), tokenizer);
    if (ast !== null) return { status: 'complete', ast, warnings: withErrors(context.warnings, tokenizer) };
    const { error, reachedEnd } = explain(tokenizer, context, parser.position, 'single', false);
    return reachedEnd ? { status: 'incomplete' } : { status: 'error', error };
  } catch (error) {
    if (error instanceof PythonSyntaxError) return { status: 'error', error };
    throw error;
  }
}

/** Adds what becomes of a warning about a token when it is an error. */
function withErrors(warnings: SyntaxWarningRecord[], tokenizer: Tokenizer): SyntaxWarningRecord[] {
  for (const warning of warnings) {
    const { token, message } = warning;
    if (token === undefined) continue;
    warning.asError = () => {
      const placer = new ErrorPlacer(tokenizer);
      placer.fill = token + 1;
      return placer.tokenError(message, 'SyntaxError', token);
    };
  }
  return warnings;
}

/** Runs the parser; null if the text does not fit its grammar. */
function attempt(parseTree: () => Mod | null, tokenizer: Tokenizer): Mod | null {
  try {
    return parseTree();
  } catch (error) {
    if (error === PARSE_FAILURE || error instanceof LiteralError) return null;
    if (error instanceof DialectError) throw dialectError(tokenizer, error);
    throw error === TOO_COMPLEX || error instanceof RangeError ? tooComplex(tokenizer.filename) : error;
  }
}

function dialectError(tokenizer: Tokenizer, { message, place }: DialectError): PythonSyntaxError {
  if (typeof place !== 'number') return commentError(tokenizer, message, place);
  const placer = new ErrorPlacer(tokenizer);
  placer.fill = place + 1;
  return placer.tokenError(message, 'SyntaxError', place);
}

/** An error at a type comment; its line is quoted. */
function commentError(tokenizer: Tokenizer, msg: string, { line, col, endCol }: TypeComment): PythonSyntaxError {
  const text = tokenizer.source.split('\n', line)[line - 1] + '\n';
  const offset = byteToCharOffset(text, col) + 1;
  const endOffset = byteToCharOffset(text, endCol) + 1;
  const { filename } = tokenizer;
  return new PythonSyntaxError('SyntaxError', {
    msg,
    filename,
    lineno: line,
    offset,
    text,
    endLineno: line,
    endOffset,
  });
}

function start(parser: Parser, mode: ParseMode): Mod {
  switch (mode) {
    case 'exec':
      return parser.file();
    case 'eval':
      return parser.evalInput();
    case 'single':
      return parser.interactive();
    case 'func_type':
      return parser.functionType();
  }
}

/** Whether only blank lines and comments follow `at`. */
function restIsBlank(text: string, at: number): boolean {
  return /^(?:[ \t\n\f]|#[^\n]*)*$/.test(text.slice(at));
}

/** Explains a failure at token `failedAt`. */
function explain(
  tokenizer: Tokenizer,
  context: StringContext,
  failedAt: number,
  rule: ParseMode,
  allowIncompleteInput: boolean,
): Diagnosis {
  try {
    return diagnose(tokenizer, context, { rule, allowIncompleteInput });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the diagnoser needs more of the host's stack than the parser
    return { error: unexplained(tokenizer, context, failedAt), reachedEnd: false };
  }
}

/** CPython's error for a text nested deeper than its parser's stack. */
function tooComplex(filename: string): PythonSyntaxError {
  return new PythonSyntaxError('MemoryError', {
    msg: 'Parser stack overflowed - Python source too complex to parse',
    filename,
    lineno: null,
    offset: null,
    text: null,
    endLineno: null,
    endOffset: null,
  });
}
