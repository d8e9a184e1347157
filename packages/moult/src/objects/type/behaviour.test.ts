import { describe, test } from 'vitest';
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
];

describe('types', () => {
  test.each(PROGRAMS)('%s.py prints what CPython prints', (name) => {
    expectAsRecorded(new URL(`./${name}.py`, import.meta.url));
  });
});
