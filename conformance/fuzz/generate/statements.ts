/** All productions of statements. */
import type { Production } from './generator.ts';
import { BINDINGS } from './bindings.ts';
import { COLLECTOR } from './collector.ts';
import { CONTROL } from './control.ts';
import { LIBRARY } from './library.ts';
import { MUTATIONS } from './mutations.ts';
import { PROBES } from './probes.ts';
import { SUSPENDED } from './suspended.ts';
import { WEAK } from './weak.ts';

/** Functions and top-level code choose from these. */
export const STATEMENTS: readonly Production[] = [
  ...BINDINGS,
  ...MUTATIONS,
  ...CONTROL,
  ...SUSPENDED,
  ...WEAK,
  ...LIBRARY,
  ...COLLECTOR,
  ...PROBES,
];
