/** Finds the error that CPython reports for a text that does not parse.
 *
 *  As CPython does, it first parses by the plain grammar, which shows how far the text makes sense, then again with the
 *  rules that recognise common mistakes. Then the tokenizer's errors in the rest of the text may take precedence. */

import { PythonSyntaxError } from '../errors.ts';
import type { StringContext } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { StatementDiagnoser } from './statements.ts';

type StartRule = 'exec' | 'eval' | 'single' | 'func_type';

interface DiagnoseOptions {
  rule: StartRule;
  /** Report a text that ends too early as `incomplete input`, as CPython does under PyCF_ALLOW_INCOMPLETE_INPUT. */
  allowIncompleteInput?: boolean;
}

export interface Diagnosis {
  error: PythonSyntaxError;
  /** Whether the end of a text typed at a prompt was reached: more must be typed before there is an error. */
  reachedEnd: boolean;
}

/** The error at token `index`, for a text nested too deeply to be explained. */
export function unexplained(tokenizer: Tokenizer, context: StringContext, index: number): PythonSyntaxError {
  const diagnoser = new Diagnoser(tokenizer, context);
  return diagnoser.invalidSyntaxAt(index);
}

/** Explains why `tokenizer`'s tokens do not parse. */
export function diagnose(tokenizer: Tokenizer, context: StringContext, options: DiagnoseOptions): Diagnosis {
  const warningCount = context.warnings.length;
  const diagnoser = new Diagnoser(tokenizer, context);
  const error = diagnoser.explain(options.rule, options.allowIncompleteInput ?? false);
  context.warnings.length = warningCount;
  return { error, reachedEnd: diagnoser.reachedEnd };
}

const INCOMPLETE = 'incomplete input';

class Diagnoser extends StatementDiagnoser {
  private matched = false;

  /** Whether the plain grammar asked for more than was typed. */
  reachedEnd = false;

  /** Explaining an error never asks for more input. */
  protected override endIsFinal(): boolean {
    return this.errorRules && this.tokenizer.interactive && this.tokenizer.failure?.reason === 'eof';
  }

  explain(rule: StartRule, allowIncomplete: boolean): PythonSyntaxError {
    const first = this.attempt(rule, false);
    this.reachedEnd = this.types[this.fill - 1] === T.Error && this.tokenizer.failure?.reason === 'eof';
    if (first === null && this.matched && rule === 'single' && !this.restIsBlank()) {
      return this.tokenError('multiple statements found while compiling a single statement');
    }
    if (allowIncomplete && this.sawEnd()) {
      return this.types[this.fill - 1] === T.Error ? this.cursorError(INCOMPLETE) : this.tokenError(INCOMPLETE);
    }
    if (first !== null) return this.preferTokenizer(first);
    const last = this.fill - 1;
    const second = this.attempt(rule, true);
    if (second !== null) return this.preferTokenizer(second);
    return this.generic(last);
  }

  /** Parses; the error that a rule raised, or null. */
  private attempt(rule: StartRule, errorRules: boolean): PythonSyntaxError | null {
    this.restart(errorRules);
    try {
      switch (rule) {
        case 'exec':
          this.matched = Boolean(this.file());
          break;
        case 'eval':
          this.matched = Boolean(this.evalInput());
          break;
        case 'single':
          this.matched = Boolean(this.interactive());
          break;
        case 'func_type':
          this.matched = Boolean(this.functionType());
          break;
      }
      return null;
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error;
      return error;
    }
  }

  /** Whether only blank lines and comments follow what was read. */
  private restIsBlank(): boolean {
    const rest = this.source.slice(this.tokens.end[this.fill - 1], -1);
    return /^(?:[ \t\n\f]|#[^\n]*)*$/.test(rest);
  }

  /** Whether the tokenizer has met the end of the text, be it only to see where the last token ends. */
  private sawEnd(): boolean {
    const last = this.fill - 1;
    const type = this.types[last];
    if (type === T.Error) return this.tokenizer.failure!.reason === 'eof' || this.tokenizer.endsInString;
    if (this.tokens.end[last]! < this.source.length - 1) return false;
    if (type === T.String) return /^\w*(?:''|"")$/.test(this.tokenText(last)); // is it a triple quote?
    return type !== T.FStringEnd && (type !== T.Newline || this.tokens.col[last]! < 0);
  }

  invalidSyntaxAt(index: number): PythonSyntaxError {
    this.fill = index + 1;
    if (this.types[index] === T.Error) return this.tokenizerError();
    const at = this.tokenSpan(index);
    return this.rangeError(at, at, 'invalid syntax');
  }

  /** The error where no rule knows better, at the last token that the plain grammar read. */
  private generic(last: number): PythonSyntaxError {
    switch (this.types[last]) {
      case T.Indent:
        return this.tokenError('unexpected indent', 'IndentationError');
      case T.Dedent:
        return this.tokenError('unexpected unindent', 'IndentationError');
      default: {
        const at = this.tokenSpan(last);
        return this.preferTokenizer(this.rangeError(at, at, 'invalid syntax'));
      }
    }
  }

  /** `error`, unless the rest of the text has an error of the tokenizer's own, or an open bracket before it.
   *  Errors inside f-strings do not take precedence, and at a prompt there is no rest. */
  private preferTokenizer(error: PythonSyntaxError): PythonSyntaxError {
    const { failure, brackets } = this.tokenizer;
    if (failure === null || this.tokenizer.interactive || failure.inFString || this.types[this.fill - 1] === T.Error)
      return error;
    if (failure.reason === 'syntax') return failure.error!;
    const open = brackets[brackets.length - 1];
    const line = this.tokens.line[this.fill - 1]!;
    this.fill = this.tokens.count;
    return open !== undefined && line > open.line ? this.unclosedError() : error;
  }
}
