/** Precedence and meaning of binary operators. */

import type { CmpOperator, Operator, UnaryOperator } from '../ast.ts';
import { T } from '../tokenizer/token.ts';

/** How tightly operators bind; larger binds tighter. */
export const enum Prec {
  None = 0,
  Or = 1,
  And = 2,
  Not = 3,
  Compare = 4,
  BitOr = 5,
  Shift = 8,
  Sum = 9,
  Term = 10,
}

const BINARY: readonly (readonly [T, number, Operator])[] = [
  [T.VBar, Prec.BitOr, 'BitOr'],
  [T.Circumflex, 6, 'BitXor'],
  [T.Amper, 7, 'BitAnd'],
  [T.LeftShift, Prec.Shift, 'LShift'],
  [T.RightShift, Prec.Shift, 'RShift'],
  [T.Plus, Prec.Sum, 'Add'],
  [T.Minus, Prec.Sum, 'Sub'],
  [T.Star, Prec.Term, 'Mult'],
  [T.Slash, Prec.Term, 'Div'],
  [T.DoubleSlash, Prec.Term, 'FloorDiv'],
  [T.Percent, Prec.Term, 'Mod'],
  [T.At, Prec.Term, 'MatMult'],
];
const COMPARE: readonly (readonly [T, CmpOperator])[] = [
  [T.EqEqual, 'Eq'],
  [T.NotEqual, 'NotEq'],
  [T.Less, 'Lt'],
  [T.LessEqual, 'LtE'],
  [T.Greater, 'Gt'],
  [T.GreaterEqual, 'GtE'],
  [T.Is, 'Is'],
  [T.In, 'In'],
  [T.Not, 'NotIn'],
];
const AUGMENTED: readonly (readonly [T, Operator])[] = [
  [T.PlusEqual, 'Add'],
  [T.MinusEqual, 'Sub'],
  [T.StarEqual, 'Mult'],
  [T.SlashEqual, 'Div'],
  [T.PercentEqual, 'Mod'],
  [T.AmperEqual, 'BitAnd'],
  [T.VBarEqual, 'BitOr'],
  [T.CircumflexEqual, 'BitXor'],
  [T.LeftShiftEqual, 'LShift'],
  [T.RightShiftEqual, 'RShift'],
  [T.DoubleStarEqual, 'Pow'],
  [T.AtEqual, 'MatMult'],
  [T.DoubleSlashEqual, 'FloorDiv'],
];

/** Precedence of the binary operator that a token is or begins; 0 for others. */
export const PRECEDENCE = new Uint8Array(T.Count);
const OPERATORS = new Array<Operator>(T.Count);
const COMPARISONS = new Array<CmpOperator>(T.Count);
PRECEDENCE[T.Or] = Prec.Or;
PRECEDENCE[T.And] = Prec.And;
for (const [type, precedence, operator] of BINARY) {
  PRECEDENCE[type] = precedence;
  OPERATORS[type] = operator;
}
for (const [type, operator] of COMPARE) {
  PRECEDENCE[type] = Prec.Compare;
  COMPARISONS[type] = operator;
}
for (const [type, operator] of AUGMENTED) OPERATORS[type] = operator;

/** The operator of a binary or augmented-assignment token. */
export function binaryOperator(type: number): Operator {
  return OPERATORS[type]!;
}

/** The operator that a comparison token is or begins; `not` begins `not in`. */
export function comparison(type: number): CmpOperator {
  return COMPARISONS[type]!;
}

/** The operator of `+`, `-` or `~` before an operand, null for other tokens. */
export function unaryOperator(type: number): UnaryOperator | null {
  switch (type) {
    case T.Minus:
      return 'USub';
    case T.Plus:
      return 'UAdd';
    case T.Tilde:
      return 'Invert';
    default:
      return null;
  }
}

export function isAugmentedAssignment(type: number): boolean {
  return type >= T.PlusEqual && type <= T.DoubleSlashEqual;
}
