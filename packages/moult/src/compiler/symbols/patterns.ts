/** Collects the names that the patterns of `match` bind. */

import type { Pattern } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitExpr, visitExprs } from './expressions.ts';
import { Def } from './scopes.ts';

/** Collects the names that `p` binds or uses. */
export function visitPattern(b: SymbolBuilder, p: Pattern): void {
  b.context.enter();
  switch (p.kind) {
    case 'MatchValue':
      visitExpr(b, p.value);
      break;
    case 'MatchSingleton':
      break;
    case 'MatchSequence':
    case 'MatchOr':
      for (const sub of p.patterns) visitPattern(b, sub);
      break;
    case 'MatchStar':
      if (p.name !== null) b.define(p.name, Def.LOCAL, p);
      break;
    case 'MatchMapping':
      visitExprs(b, p.keys);
      for (const sub of p.patterns) visitPattern(b, sub);
      if (p.rest !== null) b.define(p.rest, Def.LOCAL, p);
      break;
    case 'MatchClass':
      visitExpr(b, p.cls);
      for (const sub of p.patterns) visitPattern(b, sub);
      for (const sub of p.kwdPatterns) visitPattern(b, sub);
      break;
    case 'MatchAs':
      if (p.pattern !== null) visitPattern(b, p.pattern);
      if (p.name !== null) b.define(p.name, Def.LOCAL, p);
      break;
  }
  b.context.leave();
}
