/** stub */
import type { Heap } from '../heap.ts';
export interface AuditOptions { x?: number }
export function audit(h: Heap, options?: AuditOptions): void { void h; void options; }
