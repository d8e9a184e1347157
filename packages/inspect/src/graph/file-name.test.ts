import { expect, it } from 'vitest';
import { shortFileName } from './file-name.ts';

it('names a file without its folders, but a package by its own', () => {
  expect(shortFileName('/lib/python/json/__init__.py')).toBe('json/__init__.py');
  expect(shortFileName('__main__.py')).toBe('__main__.py');
  expect(shortFileName('/home/me/p.py')).toBe('p.py');
  expect(shortFileName('<frozen os>')).toBe('<frozen os>');
});
