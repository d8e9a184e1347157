/** From source text to code objects at run time, with warnings and errors as Python exceptions. */
import type { Owned } from '@moult/heap';
import { compileModule } from '../../compiler/compile.ts';
import { CodeFlag } from '../../compiler/code-data.ts';
import type { CodeData } from '../../compiler/code-data.ts';
import { audit } from '../../core/audit.ts';
import { call1 } from '../../core/call.ts';
import { catchOnly, caught, mark, pendingMatches, takeException } from '../../core/errors.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { strTextOf } from '../../core/protocol/text.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { executable } from '../../frames/frames.ts';
import { newCode, newProgramCode } from '../../objects/functions/code.ts';
import { BOOL_INVERSION } from '../../objects/int/bool.ts';
import { raiseSyntaxError } from '../../objects/exceptions/syntax-error.ts';
import { maxStrDigits } from '../../objects/int/digits-limit.ts';
import type { Mod } from '../../syntax/ast.ts';
import type { DialectOptions } from '../../syntax/dialect.ts';
import { PythonSyntaxError } from '../../syntax/errors.ts';
import type { SyntaxWarningRecord } from '../../syntax/errors.ts';
import { parse } from '../../syntax/parse.ts';
import type { ParseOptions, ParseResult } from '../../syntax/parse.ts';
import { warnExplicit } from '../warnings/warn.ts';

export type CompileMode = 'exec' | 'eval' | 'single';

export interface SourceOptions {
  readonly filename: string;
  readonly mode: CompileMode;
  readonly optimize?: 0 | 1 | 2;
  /** `CodeFlag.FUTURE_*` and `CompilerFlag`s in force. */
  readonly flags?: number;
  readonly dontImplyDedent?: boolean;
  /** The source is a program's file or standard input, not an argument of `compile`. */
  readonly fromFile?: boolean;
}

const FUTURE_MASK =
  CodeFlag.FUTURE_DIVISION |
  CodeFlag.FUTURE_ABSOLUTE_IMPORT |
  CodeFlag.FUTURE_WITH_STATEMENT |
  CodeFlag.FUTURE_PRINT_FUNCTION |
  CodeFlag.FUTURE_UNICODE_LITERALS |
  CodeFlag.FUTURE_BARRY_AS_BDFL |
  CodeFlag.FUTURE_GENERATOR_STOP |
  CodeFlag.FUTURE_ANNOTATIONS;

/** The future features of the running code. */
export function inheritedFlags(rt: Runtime): number {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  return frame === 0 ? 0 : executable(rt, H[frame + FrameWord.Code]).flags & FUTURE_MASK;
}

/** Compiles source to a code object. Raises SyntaxError and its kin. */
export function compileSource(rt: Runtime, source: string | Uint8Array, options: SourceOptions): Owned {
  return newCode(rt, compileData(rt, source, options));
}

/** As `compileSource`, for source that is compiled to run once: its literals stay on the temporaries (`newProgramCode`). */
export function compileProgram(rt: Runtime, source: string | Uint8Array, options: SourceOptions): Owned {
  return newProgramCode(rt, compileData(rt, source, options));
}

/** As `compileSource`, up to the compiler's own form of the code. */
export function compileData(rt: Runtime, source: string | Uint8Array, options: SourceOptions): CodeData {
  auditCompile(rt, source, options.filename);
  try {
    return compileOrThrow(rt, source, options);
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return raiseSyntaxError(rt, error);
  }
}

/** Source: CPython 3.12 _PyParser_ASTFromString. */
function auditCompile(rt: Runtime, source: string | Uint8Array, filename: string): void {
  if (rt.words[RootRef.AuditHooks] === 0) return;
  const m = tempMark(rt);
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source.slice();
  audit(rt, 'compile', temp(rt, newBytes(rt, bytes)), temp(rt, newStr(rt, filename)));
  releaseTemps(rt, m);
}

function compileOrThrow(rt: Runtime, source: string | Uint8Array, options: SourceOptions): CodeData {
  const { filename, mode } = options;
  const { dontImplyDedent = false, fromFile = false } = options;
  const decode = (bytes: Uint8Array, encoding: string): string => decodeByCodec(rt, bytes, encoding, filename);
  const dialect = dialectOf(rt, options.flags ?? 0);
  const allowIncompleteInput = ((options.flags ?? 0) & ALLOW_INCOMPLETE_INPUT) !== 0;
  const { ast, warnings } = parseOrWarn(rt, source, {
    filename,
    mode,
    dontImplyDedent,
    fromFile,
    decode,
    dialect,
    allowIncompleteInput,
  });
  return compileTree(rt, ast, warnings, options);
}

/** PyCF_TYPE_COMMENTS, PyCF_ALLOW_INCOMPLETE_INPUT */
const TYPE_COMMENTS = 0x1000;
const ALLOW_INCOMPLETE_INPUT = 0x4000;

/** What the flags of `compile()`, and the runtime's settings, say of the language of a source. */
export function dialectOf(rt: Runtime, flags: number): DialectOptions {
  return {
    typeComments: (flags & TYPE_COMMENTS) !== 0,
    barry: (flags & CodeFlag.FUTURE_BARRY_AS_BDFL) !== 0,
    maxIntDigits: maxStrDigits(rt),
  };
}

/** Parses; of a text with an error its warnings are issued first. */
function parseOrWarn(rt: Runtime, source: string | Uint8Array, options: ParseOptions): ParseResult {
  try {
    return parse(source, options);
  } catch (error) {
    if (error instanceof PythonSyntaxError) issueWarnings(rt, error.warnings, options.filename);
    throw error;
  }
}

/** `bytes.decode(encoding)`. What that raises is a SyntaxError without a place, as in CPython. @runsPython */
function decodeByCodec(rt: Runtime, bytes: Uint8Array, encoding: string, filename: string): string {
  const m = mark(rt);
  const object = temp(rt, newBytes(rt, bytes));
  try {
    const decode = temp(rt, getAttrText(rt, object, 'decode'));
    const text = temp(rt, call1(rt, decode, temp(rt, newStr(rt, encoding))));
    const result = strText(rt, text);
    releaseTemps(rt, m.temps);
    return result;
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.Exception)) throw error;
    const exception = temp(rt, takeException(rt));
    const msg = strTextOf(rt, exception);
    releaseTemps(rt, m.temps);
    const place = { lineno: 0, offset: -1, text: null, endLineno: null, endOffset: null };
    throw new PythonSyntaxError('SyntaxError', { msg, filename, ...place });
  }
}

/** Compiles a tree, issuing its warnings. Throws the host's PythonSyntaxError. */
export function compileTree(
  rt: Runtime,
  ast: Mod,
  warnings: readonly SyntaxWarningRecord[],
  options: SourceOptions,
): CodeData {
  const { filename, mode } = options;
  issueWarnings(rt, warnings, filename);
  const flags = options.flags ?? 0;
  return compileModule(ast, {
    filename,
    mode,
    optimize: options.optimize ?? rt.options.optimize ?? 0,
    flags,
    futureFlags: flags & FUTURE_MASK,
    onWarning: (warning) => {
      issueWarnings(rt, [warning], filename);
    },
    onBoolInversion: () => warnBoolInversion(rt),
    sourceLine: (line) => sourceLine(rt, filename, line),
  });
}

/** False if a filter makes the warning an exception, which is forgotten. @runsPython */
function warnBoolInversion(rt: Runtime): boolean {
  const m = mark(rt);
  try {
    rt.warnDeprecated(BOOL_INVERSION);
    return true;
  } catch (error) {
    catchOnly(rt, error, m, T.BaseException);
    return false;
  }
}

/** Issues the warnings that came up in a source. @runsPython */
export function issueWarnings(rt: Runtime, warnings: readonly SyntaxWarningRecord[], filename: string): void {
  for (const warning of warnings) issueWarning(rt, warning, filename);
}

/** Issues a warning. If a filter makes it an exception, that is a SyntaxError. */
function issueWarning(
  rt: Runtime,
  { category, message, lineno, asError }: SyntaxWarningRecord,
  filename: string,
): void {
  const type = category === 'SyntaxWarning' ? T.SyntaxWarning : T.DeprecationWarning;
  const m = mark(rt);
  try {
    warnExplicit(rt, type, message, filename, lineno);
  } catch (error) {
    if (asError === undefined) throw error;
    catchOnly(rt, error, m, type);
    throw asError();
  }
}

/** A line of a file; of source that comes from elsewhere none is quoted. */
function sourceLine(rt: Runtime, filename: string, line: number): string | null {
  const data = filename.startsWith('<') ? null : (rt.host?.readFile?.(filename) ?? null);
  if (data === null) return null;
  const text = new TextDecoder().decode(data);
  const lines = text.split('\n');
  return line >= 1 && line <= lines.length ? `${lines[line - 1]}\n` : null;
}

/** For the checks of `compile()`. */
export const SOURCE_FLAGS: number = FUTURE_MASK;
