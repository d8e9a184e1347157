import { expect, test } from 'vitest';
import { zoneOfFile, zoneOfRule } from './zone.ts';

const at = (text: string): number => Date.parse(text) / 1000;

test('a rule with summer time changes at the moments it names', () => {
  const zone = zoneOfRule('CET-1CEST,M3.5.0,M10.5.0/3');
  expect(zone?.(at('2024-03-31T00:59:59Z'))).toEqual({ offset: 3600, isDst: false, name: 'CET' });
  expect(zone?.(at('2024-03-31T01:00:00Z'))).toEqual({ offset: 7200, isDst: true, name: 'CEST' });
  expect(zone?.(at('2024-10-27T00:59:59Z')).name).toBe('CEST');
  expect(zone?.(at('2024-10-27T01:00:00Z')).name).toBe('CET');
});

test('in the south summer lasts over the end of the year', () => {
  const zone = zoneOfRule('AEST-10AEDT,M10.1.0,M4.1.0/3');
  expect(zone?.(at('2024-01-01T00:00:00Z')).name).toBe('AEDT');
  expect(zone?.(at('2024-07-01T00:00:00Z')).name).toBe('AEST');
  expect(zone?.(at('2024-12-31T23:00:00Z')).name).toBe('AEDT');
});

test('days of the year count with and without the leap day', () => {
  const julian = zoneOfRule('XXX0YYY,J60/0,J365/0');
  expect(julian?.(at('2024-02-29T12:00:00Z')).name).toBe('XXX');
  expect(julian?.(at('2024-03-01T00:00:00Z')).name).toBe('YYY');
  const plain = zoneOfRule('XXX0YYY,59/0,364/0');
  expect(plain?.(at('2024-02-29T00:00:00Z')).name).toBe('YYY');
});

test('names in angle brackets may have digits; a name alone is UTC; no name is no rule', () => {
  expect(zoneOfRule('<+0330>-3:30')?.(0)).toEqual({ offset: 12600, isDst: false, name: '+0330' });
  expect(zoneOfRule('XYZ')?.(0)).toEqual({ offset: 0, isDst: false, name: 'XYZ' });
  expect(zoneOfRule('12')).toBeNull();
});

/** A TZif file of version 2: LMT until 1000, ABC until 2000, then the rule. */
function file(rule: string): Uint8Array {
  const block = (width: number): number[] => {
    const time = (t: number): number[] => [...Array<number>(width - 2).fill(0), t >> 8, t & 255];
    const header = [...'TZif2'].map((c) => c.charCodeAt(0)).concat(Array<number>(15).fill(0));
    const count = (n: number): number[] => [0, 0, 0, n];
    const counts = [0, 0, 0, 2, 2, 8].flatMap(count);
    const types = [0, 0, 0, 60, 0, 0, 0, 0, 14, 16, 1, 4];
    const names = [...'LMT\0ABC\0'].map((c) => c.charCodeAt(0));
    return [...header, ...counts, ...time(1000), ...time(2000), 1, 0, ...types, ...names];
  };
  return Uint8Array.from([...block(4), ...block(8), ...[...`\n${rule}\n`].map((c) => c.charCodeAt(0))]);
}

test('a compiled file has its changes, and after the last one a rule', () => {
  const zone = zoneOfFile(file('DEF-2'));
  expect(zone?.(999)).toEqual({ offset: 60, isDst: false, name: 'LMT' });
  expect(zone?.(1000)).toEqual({ offset: 3600, isDst: true, name: 'ABC' });
  expect(zone?.(2000)).toEqual({ offset: 7200, isDst: false, name: 'DEF' });
  expect(zoneOfFile(new Uint8Array(100))).toBeNull();
});
