/** The stress mode of the traced build: the audit at every n-th instruction. */
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';

/** Called before every instruction while `RootNum.AuditInterval` is not 0. Throws HeapCorruption if a count is wrong. */
export function auditStep(rt: Runtime): void {
  const H = rt.words;
  if (--H[RootNum.AuditCountdown] > 0) return;
  H[RootNum.AuditCountdown] = H[RootNum.AuditInterval];
  rt.audit();
}
