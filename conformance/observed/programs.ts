/** The programs that are run observed and alone: those that need nothing but themselves. */
import { findPrograms } from '../programs.ts';
import type { Program } from '../programs.ts';

/** Programs that wait for the system's own pipes, which files in memory never make ready. */
const OF_THE_SYSTEM = new Set(['threads/asyncio_pipes']);

/** Below the folder `conformance`. */
export function observable(conformance: string): Program[] {
  return findPrograms(conformance, { categories: [], words: [] }).filter(
    ({ kind, category, name }) =>
      ((kind === 'program' && category !== 'examples') || kind === 'seed') && !OF_THE_SYSTEM.has(name),
  );
}
