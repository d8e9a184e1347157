/** Targets of assignments, loops and `del` in the diagnoser. */

import type { Expr } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { ExpressionDiagnoser } from './expressions.ts';
import { expressionName, invalidTarget, type TargetUse } from './names.ts';
import { type Match, Memo } from './peg.ts';

type Maybe = Expr | null;

export abstract class TargetDiagnoser extends ExpressionDiagnoser {
  /** Throws the error for an expression that is no target; null if it is one. */
  protected targetError(a: Expr, use: TargetUse): null {
    const bad = invalidTarget(a, use);
    if (bad === null) return null;
    throw this.rangeError(bad, bad, `cannot ${use === 'delete' ? 'delete' : 'assign to'} ${expressionName(bad)}`);
  }

  protected starTargets(): Maybe {
    return this.memo(Memo.StarTargets, () => this.tupleOf(() => this.starTarget()));
  }

  protected starTarget(): Maybe {
    return this.memo(Memo.StarTarget, () => {
      const t = this.p;
      if (!this.take(T.Star)) return this.targetWithStarAtom();
      if (this.isNext(T.Star)) return null;
      const value = this.starTarget();
      return value && this.node('Starred', t, { value });
    });
  }

  private targetWithStarAtom(): Maybe {
    return this.memo(Memo.TargetWithStarAtom, () => this.attributeOrSubscript() ?? this.starAtom());
  }

  private starAtom(): Maybe {
    const t = this.p;
    return this.alt(
      () => this.name(),
      () => {
        const inner = this.take(T.LPar) ? this.targetWithStarAtom() : null;
        return inner && this.take(T.RPar) ? inner : null;
      },
      () => this.targetSequence(t, T.LPar, T.RPar, 'Tuple'),
      () => this.targetSequence(t, T.LSqb, T.RSqb, 'List'),
    );
  }

  private targetSequence(t: number, open: T, close: T, kind: 'Tuple' | 'List'): Maybe {
    if (!this.take(open)) return null;
    let elts: Expr[] = [];
    this.opt(() => {
      const found = this.separated(T.Comma, () => this.starTarget());
      if (!found || !(this.take(T.Comma) || found.length > 1 || kind === 'List')) return null;
      elts = found;
      return true;
    });
    return this.take(close) ? this.node(kind, t, { elts }) : null;
  }

  protected singleTarget(): Maybe {
    return this.alt(
      () => this.attributeOrSubscript(),
      () => this.name(),
      () => {
        const inner = this.take(T.LPar) ? this.singleTarget() : null;
        return inner && this.take(T.RPar) ? inner : null;
      },
    );
  }

  protected deleteTargets(): Match {
    const targets = this.separated(T.Comma, () => this.deleteTarget());
    if (targets) this.take(T.Comma);
    return targets;
  }

  private deleteTarget(): Match {
    const nested = (open: T, close: T): Match =>
      this.take(open) && this.opt(() => this.deleteTargets()) && this.take(close);
    return this.memo(Memo.DeleteTarget, () =>
      this.alt<Match>(
        () => this.attributeOrSubscript(),
        () => this.name(),
        () => this.take(T.LPar) && this.deleteTarget() && this.take(T.RPar),
        () => nested(T.LPar, T.RPar),
        () => nested(T.LSqb, T.RSqb),
      ),
    );
  }
}
