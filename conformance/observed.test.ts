/** Observing changes nothing (INV-STATE-3): every twentieth program of the corpus. `npm run observe` compares all of them. */
import { expect, it } from 'vitest';
import { useLibrary } from '../packages/moult/src/testing/library.ts';
import { runTwice } from './observed/compare.ts';
import { observable } from './observed/programs.ts';

const programs = observable(import.meta.dirname).filter((_, i) => i % 20 === 0);

it.each(programs.map((program) => [program.name, program] as const))(
  '%s is the same when it is observed',
  (_, program) => {
    const { alone, observed } = runTwice(program, useLibrary);
    expect(observed).toEqual(alone);
  },
);
