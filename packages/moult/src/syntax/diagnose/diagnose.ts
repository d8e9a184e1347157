/** Finds the error that CPython reports for a text that does not parse.
 *
 *  As CPython does, it first parses by the plain grammar, which shows how far the text makes sense, then again with the
 *  rules that recognise common mistakes. Then the tokenizer's errors in the rest of the text may take precedence. */

import { PythonSyntaxError } from '../errors.ts';
import type { StringContext } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { StatementDiagnoser } from './statements.ts';

export type StartRule = 'exec' | 'eval' | 'single' | 'func_type';

export interface Diagnosis {
  error: PythonSyntaxError;
  /** Whether the text ended where more could make it correct. */
  incomplete: boolean;
}

/** Explains why `tokenizer`'s tokens do not parse. */
export function diagnose(tokenizer: Tokenizer, context: StringContext, rule: StartRule): Diagnosis {
  const warningCount = context.warnings.length;
  const diagnoser = new Diagnoser(tokenizer, context);
  const error = diagnoser.explain(rule);
  context.warnings.length = warningCount;
  return { error, incomplete: diagnoser.sawEnd };
}

class Diagnoser extends StatementDiagnoser {
  /** Whether the plain grammar read up to the end of the text. */
  sawEnd = false;
  private matched = false;

  explain(rule: StartRule): PythonSyntaxError {
    const first = this.attempt(rule, false);
    if (first === null && this.matched && rule === 'single' && !this.restIsBlank()) {
      return this.tokenError('multiple statements found while compiling a single statement');
    }
    this.sawEnd = this.atEndOfText();
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
        case 'exec': this.matched = Boolean(this.file()); break;
        case 'eval': this.matched = Boolean(this.evalInput()); break;
        case 'single': this.matched = Boolean(this.interactive()); break;
        case 'func_type': this.matched = Boolean(this.functionType()); break;
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

  private atEndOfText(): boolean {
    const last = this.types[this.fill - 1];
    return last === T.EndMarker || (last === T.Error && this.tokenizer.failure?.reason === 'eof') ||
      (this.fill >= this.tokens.count - 1 && this.tokenizer.reachedEnd);
  }

  /** The error where no rule knows better, at the last token that the plain grammar read. */
  private generic(last: number): PythonSyntaxError {
    switch (this.types[last]) {
      case T.Indent: return this.tokenError('unexpected indent', 'IndentationError');
      case T.Dedent: return this.tokenError('unexpected unindent', 'IndentationError');
      default: {
        const at = this.tokenSpan(last);
        return this.preferTokenizer(this.rangeError(at, at, 'invalid syntax'));
      }
    }
  }

  /** `error`, unless the rest of the text has an error of the tokenizer's own, or an open bracket before it.
   *  Errors inside f-strings do not take precedence. */
  private preferTokenizer(error: PythonSyntaxError): PythonSyntaxError {
    const { failure, brackets } = this.tokenizer;
    if (failure === null || failure.inFString || this.types[this.fill - 1] === T.Error) return error;
    if (failure.reason === 'syntax') return failure.error!;
    const open = brackets[brackets.length - 1];
    const line = this.tokens.line[this.fill - 1]!;
    this.fill = this.tokens.count;
    return open !== undefined && line > open.line ? this.unclosedError() : error;
  }
}
