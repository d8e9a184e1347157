import { describe, test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

const PROGRAMS = [
  'errors',
  'classes',
  'lifetimes',
  'referents',
  'special_methods',
  'functions',
  'attributes',
  'slots_of_subclasses',
  'reentrant',
];

describe('types', () => {
  test.each(PROGRAMS)('%s.py prints what CPython prints', (name) => {
    expectAsRecorded(new URL(`./${name}.py`, import.meta.url), useLibrary);
  });

  test('a class with several bases matches the patterns of the first that matches any', () => {
    expectAsRecorded(new URL('./bases_in_patterns.py', import.meta.url), useLibrary);
  });
});
