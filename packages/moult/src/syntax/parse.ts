/** The way in: source text to tree, or to the error CPython reports. */

import type { Mod } from './ast.ts';
import { diagnose } from './diagnose/diagnose.ts';
import { PythonSyntaxError, type SyntaxWarningRecord } from './errors.ts';
import { LiteralError, type StringContext, type UnicodeNameLookup } from './literals.ts';
import { PARSE_FAILURE } from './parser/base.ts';
import { Parser } from './parser/parser.ts';
import { decodeSource, normalizeSource } from './source.ts';
import { Tokenizer } from './tokenizer/tokenizer.ts';

export type ParseMode = 'exec' | 'eval' | 'single' | 'func_type';

export interface ParseOptions {
  filename: string;
  mode: ParseMode;
  /** Resolves `\N{...}`; without it such escapes are errors. */
  unicodeName?: UnicodeNameLookup;
  /** For a REPL, with `single`: an unfinished block at the end of the text may continue. */
  dontImplyDedent?: boolean;
}

export interface ParseResult { ast: Mod; warnings: SyntaxWarningRecord[] }

/** Parses a program. Throws PythonSyntaxError. */
export function parse(source: string | Uint8Array, options: ParseOptions): ParseResult {
  const { filename, mode } = options;
  const decoded = typeof source === 'string' ? source : decodeSource(source, filename);
  const text = normalizeSource(decoded, mode === 'exec');
  const tokenizer = new Tokenizer(text, {
    filename, single: mode === 'single', dontImplyDedent: options.dontImplyDedent ?? false,
  }).run();
  const warnings = tokenizer.warnings;
  const parser = new Parser(tokenizer, { warnings, unicodeName: options.unicodeName });
  try {
    const ast = start(parser, mode);
    if (mode === 'single' && !restIsBlank(text, tokenizer.tokens.end[parser.position - 1]!)) throw PARSE_FAILURE;
    return { ast, warnings };
  } catch (error) {
    if (error instanceof RangeError) throw tooComplex(filename);
    if (error !== PARSE_FAILURE && !(error instanceof LiteralError)) throw error;
    throw explain(tokenizer, { warnings, unicodeName: options.unicodeName }, mode);
  }
}

/** Whether only blank lines and comments follow `at`. */
function restIsBlank(text: string, at: number): boolean {
  return /^(?:[ \t\n\f]|#[^\n]*)*$/.test(text.slice(at));
}

function explain(tokenizer: Tokenizer, context: StringContext, mode: ParseMode): PythonSyntaxError {
  try {
    return diagnose(tokenizer, context, mode).error;
  } catch (error) {
    if (error instanceof RangeError) return tooComplex(tokenizer.filename);
    throw error;
  }
}

/** CPython's error for a text nested deeper than its parser's stack. */
function tooComplex(filename: string): PythonSyntaxError {
  return new PythonSyntaxError('MemoryError', {
    msg: 'Parser stack overflowed - Python source too complex to parse', filename, lineno: null, offset: null, text: null,
    endLineno: null, endOffset: null,
  });
}

function start(parser: Parser, mode: ParseMode): Mod {
  switch (mode) {
    case 'exec': return parser.file();
    case 'eval': return parser.evalInput();
    case 'single': return parser.interactive();
    case 'func_type': return parser.functionType();
  }
}
