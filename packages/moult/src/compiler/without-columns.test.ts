import { expect, test } from 'vitest';
import { parse } from '../syntax/parse.ts';
import type { CodeData } from './code-data.ts';
import { compileModule } from './compile.ts';
import { decodeLocations } from './locations.ts';
import { withoutColumns } from './without-columns.ts';

test('code without columns keeps the line of every unit', () => {
  const source = 'x = 1\nif x:\n    y = [i * 2 for i in (1,\n     2)]\ntry:\n    z()\nfinally:\n    del x\n';
  const options = { filename: 'p.py', mode: 'exec' } as const;
  const code = compileModule(parse(source, options).ast, options);
  const lines = (data: CodeData): number[] => decodeLocations(data).map((location) => location.lineno);
  const plain = withoutColumns(code);
  expect(lines(plain)).toEqual(lines(code));
  expect(decodeLocations(plain).every((location) => location.col === -1 && location.endCol === -1)).toBe(true);
});
