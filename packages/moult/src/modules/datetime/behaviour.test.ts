import { test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

test('timedeltas, dates and times behave as CPython recorded', () => {
  expectAsRecorded(new URL('./behaviour.py', import.meta.url), useLibrary);
});

test('datetimes and time zones behave as CPython recorded', () => {
  expectAsRecorded(new URL('./zones.py', import.meta.url), useLibrary);
});
