/** Observing changes nothing (INV-STATE-3): every twentieth program of the corpus. `npm run observe` compares all of them. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { useLibrary } from '../packages/moult/src/testing/library.ts';
import { runTwice } from './observed/compare.ts';
import { observable } from './observed/programs.ts';

// A test leaves the test runner no turn to speak of, and on a slow machine the runner loses patience with several in a row.
afterEach(() => setImmediate());

const programs = observable(import.meta.dirname).filter((_, i) => i % 20 === 0);

it.each(programs.map((program) => [program.name, program] as const))(
  '%s is the same when it is observed',
  (_, program) => {
    const { alone, observed } = runTwice(program, useLibrary);
    expect(observed).toEqual(alone);
  },
);
