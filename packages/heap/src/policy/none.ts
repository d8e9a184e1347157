/** The smallest policy: reference counting alone. Cycles are freed only by an explicit `collect`. A start for others. */
import { FinalizerRule, type Policy } from './policy.ts';

export const none: Policy = {
  name: 'none',
  thresholds: [0, 0, 0],
  finalizers: FinalizerRule.Pep442,
  allocated: () => undefined,
  run: () => 0,
};
