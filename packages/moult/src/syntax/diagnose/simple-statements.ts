/** Statements of one line in the diagnoser. */

import type { Expr } from '../ast.ts';
import { isAugmentedAssignment } from '../parser/operators.ts';
import { T } from '../tokenizer/token.ts';
import { expressionName } from './names.ts';
import { PatternDiagnoser } from './patterns.ts';
import { type Match, Memo } from './peg.ts';

export abstract class SimpleStatementDiagnoser extends PatternDiagnoser {
  protected simpleStatements(): Match {
    return this.alt<Match>(
      () => this.simpleStatement() && !this.isNext(T.Semi) && this.take(T.Newline),
      () =>
        this.separated(T.Semi, () => this.simpleStatement()) &&
        this.opt(() => this.take(T.Semi)) &&
        this.take(T.Newline),
    );
  }

  private simpleStatement(): Match {
    return this.memo(Memo.SimpleStatement, () =>
      this.alt<Match>(
        () => this.assignment(),
        () => this.typeAlias(),
        () => this.starExpressions(),
        () => this.keywordStatement(),
      ),
    );
  }

  private keywordStatement(): Match {
    const optional = (rule: () => Match): Match => this.opt(rule);
    switch (this.next()) {
      case T.Pass:
      case T.Break:
      case T.Continue:
        return this.take(this.next());
      case T.Return:
        this.p++;
        return optional(() => this.starExpressions());
      case T.Import:
        return this.import();
      case T.From:
        return this.importFrom();
      case T.Raise:
        this.p++;
        return optional(() => this.expression() && optional(() => this.take(T.From) && this.expression()));
      case T.Del:
        return this.delete();
      case T.Yield:
        return this.yieldExpression();
      case T.Assert:
        this.p++;
        return this.expression() && optional(() => this.take(T.Comma) && this.expression());
      case T.Global:
      case T.Nonlocal:
        this.p++;
        return this.separated(T.Comma, () => this.take(T.Name));
      default:
        return null;
    }
  }

  private assignment(): Match {
    let committed = false;
    const found = this.alt<Match>(
      () => this.take(T.Name) && this.take(T.Colon) && this.annotation(),
      () =>
        this.alt<Match>(
          () => this.take(T.LPar) && this.singleTarget() && this.take(T.RPar),
          () => this.attributeOrSubscript(),
        ) &&
        this.take(T.Colon) &&
        this.annotation(),
      () =>
        this.many1(() => this.starTargets() && this.take(T.Equal)) &&
        this.yieldOrStarExpressions() &&
        !this.isNext(T.Equal),
      () => {
        if (!this.singleTarget() || !this.augmented()) return null;
        committed = true;
        return this.yieldOrStarExpressions();
      },
    );
    if (found || committed) return found;
    return this.invalid(() => this.invalidAssignment());
  }

  private annotation(): Match {
    return this.expression() && this.opt(() => this.take(T.Equal) && this.yieldOrStarExpressions());
  }

  private augmented(): boolean {
    return isAugmentedAssignment(this.next()) && this.take(this.next());
  }

  private invalidAssignment(): Match {
    const targets = (): Match => this.many(() => this.starTargets() && this.take(T.Equal));
    return this.alt<Match>(
      () => {
        const a = this.annotatedSequence();
        if (!a || !this.take(T.Colon) || !this.expression()) return null;
        throw this.rangeError(a, a, `only single target (not ${expressionName(a)}) can be annotated`);
      },
      () => {
        const a = this.starNamedExpression();
        if (!a || !this.take(T.Comma)) return null;
        this.many(() => this.starNamedExpressions());
        if (!this.take(T.Colon) || !this.expression()) return null;
        throw this.rangeError(a, a, 'only single target (not tuple) can be annotated');
      },
      () => {
        const a = this.expression();
        if (!a || !this.take(T.Colon) || !this.expression()) return null;
        throw this.rangeError(a, a, 'illegal target for annotation');
      },
      () => {
        const a = targets() ? this.starExpressions() : null;
        return a && this.take(T.Equal) ? this.targetError(a, 'assign') : null;
      },
      () => {
        const a = targets() ? this.yieldExpression() : null;
        if (!a || !this.take(T.Equal)) return null;
        throw this.rangeError(a, a, 'assignment to yield expression not possible');
      },
      () => {
        const a = this.starExpressions();
        if (!a || !this.augmented() || !this.yieldOrStarExpressions()) return null;
        throw this.rangeError(a, a, `'${expressionName(a)}' is an illegal expression for augmented assignment`);
      },
    );
  }

  private annotatedSequence(): Expr | null {
    return this.alt(
      () => this.listDisplay(),
      () => this.tupleDisplay(),
      () => {
        const inner = this.take(T.LPar) ? this.annotatedSequence() : null;
        return inner && this.take(T.RPar) ? inner : null;
      },
    );
  }

  private delete(): Match {
    return this.alt<Match>(
      () => this.take(T.Del) && this.deleteTargets() && this.isNext(T.Semi, T.Newline),
      () =>
        this.invalid(() => {
          const a = this.take(T.Del) ? this.starExpressions() : null;
          return a && this.targetError(a, 'delete');
        }),
    );
  }

  private dottedName(): Match {
    return this.separated(T.Dot, () => this.take(T.Name));
  }

  private dottedAsName(): Match {
    return this.dottedName() && this.opt(() => this.take(T.As) && this.take(T.Name));
  }

  private import(): Match {
    this.invalid(() => {
      const a = this.token(T.Import);
      if (!a || !this.separated(T.Comma, () => this.dottedName()) || !this.take(T.From) || !this.dottedName())
        return null;
      throw this.startingFrom(a, "Did you mean to use 'from ... import ...' instead?");
    });
    return this.take(T.Import) && this.separated(T.Comma, () => this.dottedAsName());
  }

  private importFrom(): Match {
    const start = this.p;
    const dots = (): Match[] => this.many(() => this.take(T.Dot, T.Ellipsis));
    return this.alt<Match>(
      () => this.take(T.From) && dots() && this.dottedName() && this.take(T.Import) && this.importedNames(),
      () => {
        this.p = start + 1;
        return dots().length > 0 && this.take(T.Import) && this.importedNames();
      },
    );
  }

  private importedNames(): Match {
    const names = (): Match =>
      this.separated(T.Comma, () => this.take(T.Name) && this.opt(() => this.take(T.As) && this.take(T.Name)));
    return this.alt<Match>(
      () => this.take(T.LPar) && names() && this.opt(() => this.take(T.Comma)) && this.take(T.RPar),
      () => names() && !this.isNext(T.Comma),
      () => this.take(T.Star),
      () =>
        this.invalid(() => {
          if (!names() || !this.take(T.Comma) || !this.take(T.Newline)) return null;
          throw this.tokenError('trailing comma not allowed without surrounding parentheses');
        }),
    );
  }

  private typeAlias(): Match {
    return (
      this.softKeyword('type') &&
      this.take(T.Name) &&
      this.opt(() => this.typeParams()) &&
      this.take(T.Equal) &&
      this.expression()
    );
  }

  protected typeParams(): Match {
    return (
      this.take(T.LSqb) &&
      this.separated(T.Comma, () => this.typeParam()) &&
      this.opt(() => this.take(T.Comma)) &&
      this.take(T.RSqb)
    );
  }

  private typeParam(): Match {
    if (this.take(T.Name)) return this.opt(() => this.take(T.Colon) && this.expression());
    const kind = this.isNext(T.Star) ? 'TypeVarTuple' : 'ParamSpec';
    if (!this.take(T.Star, T.DoubleStar) || !this.take(T.Name)) return null;
    this.opt(() => {
      const colon = this.token(T.Colon);
      const bound = colon && this.expression();
      if (!colon || !bound) return null;
      const what = bound.kind === 'Tuple' ? 'constraints' : 'bound';
      throw this.startingFrom(colon, `cannot use ${what} with ${kind}`);
    });
    return true;
  }
}
