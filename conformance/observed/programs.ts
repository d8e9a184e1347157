/** The programs that are run observed and alone: those that need nothing but themselves. */
import { findPrograms } from '../programs.ts';
import type { Program } from '../programs.ts';

/** Below the folder `conformance`. */
export function observable(conformance: string): Program[] {
  return findPrograms(conformance, { categories: [], words: [] }).filter(
    ({ kind, category }) => (kind === 'program' && category !== 'examples') || kind === 'seed',
  );
}
