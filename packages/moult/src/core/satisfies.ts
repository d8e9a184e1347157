/** Answers of rich comparisons that follow from an order. */
import { CompareOp } from './functions.ts';

/** Whether `order` (negative, 0 or positive) satisfies the operator. */
export function satisfies(order: number, op: number): boolean {
  switch (op) {
    case CompareOp.Lt:
      return order < 0;
    case CompareOp.Le:
      return order <= 0;
    case CompareOp.Eq:
      return order === 0;
    case CompareOp.Ne:
      return order !== 0;
    case CompareOp.Gt:
      return order > 0;
    default:
      return order >= 0;
  }
}
