/** What the traced build does before an instruction: tells whoever counts them, and in the stress mode audits at every n-th. */
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';

/** Called before every instruction while somebody counts them or `RootNum.AuditInterval` is not 0. `entry`: the frame that this run of
 *  the loop began with. Throws HeapCorruption if a count is wrong, and what the listener throws. */
export function watchStep(rt: Runtime, entry: number): void {
  rt.beforeInstruction?.(entry);
  const H = rt.words;
  if (H[RootNum.AuditInterval] === 0 || --H[RootNum.AuditCountdown] > 0) return;
  H[RootNum.AuditCountdown] = H[RootNum.AuditInterval];
  rt.audit();
}
