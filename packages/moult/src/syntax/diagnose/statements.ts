/** Compound statements and whole programs in the diagnoser. */

import type { Position } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { type Match, Memo } from './peg.ts';
import { SimpleStatementDiagnoser } from './simple-statements.ts';

const MIXED_EXCEPT = "cannot have both 'except' and 'except*' on the same 'try'";

export class StatementDiagnoser extends SimpleStatementDiagnoser {
  // Programs

  file(): Match {
    this.opt(() => this.statements());
    return this.take(T.EndMarker);
  }

  evalInput(): Match {
    return this.expressions() && this.endOfInput();
  }

  interactive(): Match {
    return this.alt<Match>(
      () => this.compound() && this.take(T.Newline),
      () => this.simpleStatements(),
      () => this.take(T.Newline),
      () => this.take(T.EndMarker),
    );
  }

  functionType(): Match {
    return (
      this.take(T.LPar) &&
      this.opt(() =>
        this.separated(T.Comma, () => this.opt(() => this.take(T.Star, T.DoubleStar)) && this.expression()),
      ) &&
      this.take(T.RPar) &&
      this.take(T.RArrow) &&
      this.expression() &&
      this.endOfInput()
    );
  }

  private endOfInput(): Match {
    while (this.take(T.Newline));
    return this.take(T.EndMarker);
  }

  private statements(): Match {
    return this.many1(() =>
      this.alt<Match>(
        () => this.compound(),
        () => this.simpleStatements(),
      ),
    );
  }

  // Blocks

  private block(): Match {
    return this.memo(Memo.Block, () =>
      this.alt<Match>(
        () => this.take(T.Newline) && this.take(T.Indent) && this.statements() && this.take(T.Dedent),
        () => this.simpleStatements(),
        () =>
          this.invalid(() => {
            if (!this.take(T.Newline) || this.isNext(T.Indent)) return null;
            throw this.tokenError('expected an indented block', 'IndentationError');
          }),
      ),
    );
  }

  /** Throws if a colon and a newline follow without an indented block. */
  private requireIndent(after: string, at: Position | null): Match {
    if (!this.take(T.Colon) || !this.take(T.Newline) || this.isNext(T.Indent)) return null;
    const msg = `expected an indented block after ${after} on line ${at!.lineno}`;
    throw this.tokenError(msg, 'IndentationError');
  }

  /** Throws if a newline stands where a colon is missing. */
  private requireColon(): Match {
    if (!this.take(T.Newline)) return null;
    throw this.tokenError("expected ':'");
  }

  /** Recognises a missing colon or block behind `head`. */
  private invalidHead(keyword: () => Position | null, head: () => Match, name: string): void {
    this.invalid(() =>
      this.alt<Match>(
        () => keyword() && head() && this.requireColon(),
        () => {
          const at = keyword();
          return at && head() ? this.requireIndent(name, at) : null;
        },
      ),
    );
  }

  private compound(): Match {
    switch (this.next()) {
      case T.Def:
        return this.function();
      case T.At:
        return this.alt<Match>(
          () => this.function(),
          () => this.class(),
        );
      case T.Async:
        return this.alt<Match>(
          () => this.function(),
          () => this.with(),
          () => this.for(),
        );
      case T.If:
        return this.if(T.If, 'if');
      case T.Class:
        return this.class();
      case T.With:
        return this.with();
      case T.For:
        return this.for();
      case T.Try:
        return this.try();
      case T.While:
        return this.while();
      default:
        return this.match();
    }
  }

  private if(type: T, word: string): Match {
    this.invalidHead(
      () => this.token(type),
      () => this.namedExpression(),
      `'${word}' statement`,
    );
    return this.alt(
      () =>
        this.take(type) &&
        this.namedExpression() &&
        this.take(T.Colon) &&
        this.block() &&
        this.opt(() =>
          this.alt<Match>(
            () => (this.isNext(T.Elif) ? this.if(T.Elif, 'elif') : null),
            () => this.else(),
          ),
        ),
    );
  }

  private else(): Match {
    this.invalid(() => {
      const a = this.token(T.Else);
      return a && this.requireIndent("'else' statement", a);
    });
    return this.alt(() => this.take(T.Else) && this.force(T.Colon, ':') && this.block());
  }

  private while(): Match {
    this.invalidHead(
      () => this.token(T.While),
      () => this.namedExpression(),
      "'while' statement",
    );
    return (
      this.take(T.While) && this.namedExpression() && this.take(T.Colon) && this.block() && this.opt(() => this.else())
    );
  }

  private for(): Match {
    const start = (): Position | null => {
      this.take(T.Async);
      return this.token(T.For);
    };
    this.invalidHead(start, () => this.starTargets() && this.take(T.In) && this.starExpressions(), "'for' statement");
    let committed = false;
    const found = this.alt<Match>(() => {
      if (!start() || !this.starTargets() || !this.take(T.In)) return null;
      committed = true;
      return this.starExpressions() && this.take(T.Colon) && this.block() && this.opt(() => this.else());
    });
    if (found || committed) return found;
    return this.invalid(() => this.invalidForTarget());
  }

  private with(): Match {
    const start = (): Position | null => {
      this.take(T.Async);
      return this.token(T.With);
    };
    const items = (): Match =>
      this.separated(T.Comma, () => this.expression() && this.opt(() => this.take(T.As) && this.starTarget()));
    const parenthesized = (): Match =>
      this.take(T.LPar) &&
      this.separated(T.Comma, () => this.expressions() && this.opt(() => this.take(T.As) && this.starTarget())) &&
      this.opt(() => this.take(T.Comma)) &&
      this.take(T.RPar);
    const indent = (head: () => Match) => (): Match => {
      const at = start();
      return at && head() ? this.requireIndent("'with' statement", at) : null;
    };
    this.invalid(() => this.alt(indent(items), indent(parenthesized)));
    const found = this.alt<Match>(
      () =>
        start() &&
        this.take(T.LPar) &&
        this.withItems() &&
        this.opt(() => this.take(T.Comma)) &&
        this.take(T.RPar) &&
        this.take(T.Colon) &&
        this.block(),
      () => start() && this.withItems() && this.take(T.Colon) && this.block(),
    );
    return (
      found ||
      this.invalid(() =>
        this.alt<Match>(
          () => start() && items() && this.requireColon(),
          () => start() && parenthesized() && this.requireColon(),
        ),
      )
    );
  }

  private withItems(): Match {
    return this.separated(T.Comma, () => this.withItem());
  }

  private withItem(): Match {
    return this.alt<Match>(
      () => this.expression() && this.take(T.As) && this.starTarget() && this.isNext(T.Comma, T.RPar, T.Colon),
      () =>
        this.invalid(() => {
          const a = this.expression() && this.take(T.As) ? this.expression() : null;
          return a && this.isNext(T.Comma, T.RPar, T.Colon) ? this.targetError(a, 'assign') : null;
        }),
      () => this.expression(),
    );
  }

  // try

  private try(): Match {
    this.invalid(() => this.invalidTry());
    const body = (): Match => this.take(T.Try) && this.force(T.Colon, ':') && this.block();
    const tail = (): Match => this.opt(() => this.else()) && this.opt(() => this.finally());
    return this.alt<Match>(
      () => body() && this.finally(),
      () => body() && this.many1(() => this.except()) && tail(),
      () => body() && this.many1(() => this.exceptStar()) && tail(),
    );
  }

  private invalidTry(): Match {
    return this.alt<Match>(
      () => {
        const a = this.token(T.Try);
        return a && this.requireIndent("'try' statement", a);
      },
      () => {
        if (!this.take(T.Try) || !this.take(T.Colon) || !this.block() || this.isNext(T.Except, T.Finally)) return null;
        throw this.tokenError("expected 'except' or 'finally' block");
      },
      () => {
        if (!this.invalidTryStart() || !this.many1(() => this.except())) return null;
        const a = this.token(T.Except);
        const b = a && this.token(T.Star);
        if (!a || !b || !this.expression() || !this.asName() || !this.take(T.Colon)) return null;
        throw this.rangeError(a, b, MIXED_EXCEPT);
      },
      () => {
        if (!this.invalidTryStart() || !this.many1(() => this.exceptStar())) return null;
        const a = this.token(T.Except);
        if (!a || !this.opt(() => this.expression() && this.asName()) || !this.take(T.Colon)) return null;
        throw this.rangeError(a, a, MIXED_EXCEPT);
      },
    );
  }

  private invalidTryStart(): Match {
    return this.take(T.Try) && this.take(T.Colon) && this.many(() => this.block());
  }

  private asName(): Match {
    return this.opt(() => this.take(T.As) && this.take(T.Name));
  }

  private except(): Match {
    this.invalid(() =>
      this.alt<Match>(
        () => {
          const a = this.token(T.Except);
          return a && this.expression() && this.asName() && this.requireIndent("'except' statement", a);
        },
        () => {
          const a = this.token(T.Except);
          return a && this.requireIndent("'except' statement", a);
        },
      ),
    );
    return this.alt<Match>(
      () => this.take(T.Except) && this.expression() && this.asName() && this.take(T.Colon) && this.block(),
      () => this.take(T.Except) && this.take(T.Colon) && this.block(),
      () => this.invalid(() => this.invalidExcept()),
    );
  }

  private exceptStar(): Match {
    this.invalid(() => {
      const a = this.token(T.Except);
      return (
        a && this.take(T.Star) && this.expression() && this.asName() && this.requireIndent("'except*' statement", a)
      );
    });
    return this.alt<Match>(
      () =>
        this.take(T.Except) &&
        this.take(T.Star) &&
        this.expression() &&
        this.asName() &&
        this.take(T.Colon) &&
        this.block(),
      () => this.invalid(() => this.invalidExcept()),
    );
  }

  private invalidExcept(): Match {
    const start = (): Match => this.take(T.Except) && this.opt(() => this.take(T.Star));
    return this.alt<Match>(
      () => {
        const a = start() ? this.expression() : null;
        if (!a || !this.take(T.Comma) || !this.expressions() || !this.asName() || !this.take(T.Colon)) return null;
        throw this.startingFrom(a, 'multiple exception types must be parenthesized');
      },
      () => start() && this.expression() && this.asName() && this.requireColon(),
      () => this.take(T.Except) && this.requireColon(),
      () => {
        if (!this.take(T.Except) || !this.take(T.Star) || !this.take(T.Newline, T.Colon)) return null;
        throw this.tokenError('expected one or more exception types');
      },
    );
  }

  private finally(): Match {
    this.invalid(() => {
      const a = this.token(T.Finally);
      return a && this.requireIndent("'finally' statement", a);
    });
    return this.alt(() => this.take(T.Finally) && this.force(T.Colon, ':') && this.block());
  }

  // Definitions

  private decorators(): Match {
    return this.many(() => this.take(T.At) && this.namedExpression() && this.take(T.Newline));
  }

  private function(): Match {
    return this.alt(() => this.decorators() && this.functionRaw());
  }

  private functionRaw(): Match {
    this.invalid(() => {
      this.take(T.Async);
      const a = this.token(T.Def);
      if (!a || !this.take(T.Name) || !this.opt(() => this.typeParams())) return null;
      if (!this.take(T.LPar) || !this.opt(() => this.functionParameters()) || !this.take(T.RPar)) return null;
      this.opt(() => this.take(T.RArrow) && this.expression());
      return this.requireIndent('function definition', a);
    });
    return this.alt(() => {
      this.take(T.Async);
      return (
        this.take(T.Def) &&
        this.take(T.Name) &&
        this.opt(() => this.typeParams()) &&
        this.force(T.LPar, '(') &&
        this.opt(() => this.functionParameters()) &&
        this.take(T.RPar) &&
        this.opt(() => this.take(T.RArrow) && this.expression()) &&
        this.force(T.Colon, ':') &&
        this.block()
      );
    });
  }

  private class(): Match {
    return this.alt(() => this.decorators() && this.classRaw());
  }

  private classRaw(): Match {
    const head = (): Match =>
      this.take(T.Name) &&
      this.opt(() => this.typeParams()) &&
      this.opt(() => this.take(T.LPar) && this.opt(() => this.arguments()) && this.take(T.RPar));
    this.invalidHead(() => this.token(T.Class), head, 'class definition');
    return this.alt(() => this.take(T.Class) && head() && this.take(T.Colon) && this.block());
  }

  // match

  private match(): Match {
    const start = (): Position | null => (this.softKeyword('match') ? this.tokenSpan(this.p - 1) : null);
    const found = this.alt<Match>(
      () =>
        start() &&
        this.subject() &&
        this.take(T.Colon) &&
        this.take(T.Newline) &&
        this.take(T.Indent) &&
        this.many1(() => this.case()) &&
        this.take(T.Dedent),
    );
    if (found) return found;
    this.invalidHead(start, () => this.subject(), "'match' statement");
    return null;
  }

  private subject(): Match {
    return this.alt<Match>(
      () => this.starNamedExpression() && this.take(T.Comma) && this.opt(() => this.starNamedExpressions()),
      () => this.namedExpression(),
    );
  }

  private case(): Match {
    const start = (): Position | null => (this.softKeyword('case') ? this.tokenSpan(this.p - 1) : null);
    const head = (): Match => this.patterns() && this.opt(() => this.take(T.If) && this.namedExpression());
    this.invalidHead(start, head, "'case' statement");
    return this.alt(() => start() && head() && this.take(T.Colon) && this.block());
  }
}
