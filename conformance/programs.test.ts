import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { execute } from './execute.ts';
import { findPrograms } from './programs.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ALL = { categories: [], words: [] };

test('every program has a name of its own and a golden', () => {
  const programs = findPrograms(HERE, ALL);
  expect(programs.length).toBeGreaterThan(150);
  expect(new Set(programs.map(({ name }) => name)).size).toBe(programs.length);
  expect(
    programs.filter(({ kind, folder, args }) => kind === 'program' && !existsSync(`${folder}/${args[0]}`)),
  ).toEqual([]);
});

test('categories and words select', () => {
  const some = findPrograms(HERE, { categories: ['seeds'], words: ['.repl', 'implementation'] });
  expect(some.map(({ kind }) => kind)).toEqual(['session', 'session', 'session', 'line']);
});

test('examples are programs with a golden; their parts are none', () => {
  const examples = findPrograms(HERE, { categories: ['examples'], words: [] });
  const names = examples.map(({ name }) => name);
  expect(names).toContain('examples/calculator');
  expect(names).not.toContain('examples/interval_set');
});

test('an error program carries its stderr and exit code', () => {
  const [program] = findPrograms(HERE, { categories: ['errors'], words: ['exit_codes'] });
  expect(program).toMatchObject({ exitCode: 42, err: readFileSync(`${HERE}/programs/errors/exit_codes.err`, 'utf8') });
});

test('a program runs in its folder with a fixed hash seed, and audited in the traced bundle', async () => {
  const [program] = findPrograms(HERE, { categories: ['cycle'], words: [] });
  const script =
    'const e = process.env; console.log(process.cwd(), e.PYTHONHASHSEED, e.MOULT_AUDIT, e.MOULT_TRACE); process.exit(3)';
  const command = { argv: [process.execPath, '-e', script, '--'], timeoutMs: 20_000, audit: 7, tier: null };
  const outcome = await execute(program!, command);
  expect(outcome).toEqual({ out: `${program!.folder} 0 7 1\n`, err: '', exitCode: 3, timedOut: false });
});

test('a seed keeps the order of stdout and stderr', async () => {
  const [program] = findPrograms(HERE, { categories: ['seeds'], words: [] });
  const script = `const { writeSync } = require('fs'); writeSync(1, 'a'); writeSync(2, 'b'); writeSync(1, 'c')`;
  const outcome = await execute(program!, {
    argv: [process.execPath, '-e', script, '--'],
    timeoutMs: 20_000,
    audit: null,
    tier: null,
  });
  expect(outcome.out).toBe('abc');
});

test('a program that does not end is ended', async () => {
  const [program] = findPrograms(HERE, { categories: ['cycle'], words: [] });
  const command = {
    argv: [process.execPath, '-e', 'setInterval(() => {}, 1000)', '--'],
    timeoutMs: 300,
    audit: null,
    tier: null,
  };
  expect(await execute(program!, command)).toMatchObject({ timedOut: true, exitCode: null });
});

test('a command that does not exist is an error of the run, not of the program', async () => {
  const [program] = findPrograms(HERE, ALL);
  await expect(
    execute(program!, { argv: ['/no/such/command'], timeoutMs: 1000, audit: null, tier: null }),
  ).rejects.toThrow('ENOENT');
});
