/** What a program reaches of its host by walking every object there is, and by calling all it finds: what the host interface names.
 *  One of four groups of calls is made; all of them with MOULT_CONTAINMENT=full. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { WalkReport } from '../../testing/walk-and-call.ts';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

let report: WalkReport;

beforeAll(() => {
  const stride = process.env['MOULT_CONTAINMENT'] === 'full' ? '1' : '4';
  const args = ['scripts/run-ts.mjs', 'packages/moult/src/testing/walk-and-call.ts', stride];
  report = JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as WalkReport;
}, 300_000);

test('thousands of texts and callables are found', () => {
  expect(report.texts).toBeGreaterThan(3000);
  expect(report.callables).toBeGreaterThan(4000);
});

test('no text is of the host or of its JavaScript', () => {
  expect(report.foreign).toEqual([]);
});

test('no global of the engine is asked for', () => {
  expect(report.globals).toEqual([]);
});

test('the host is asked for nothing but what its interface names', () => {
  const names =
    'write read readFile statPath listFolder isTerminal time monotonic processTime threadTime sleep environment workingFolder ' +
    'takeInterrupt randomBytes files processes';
  expect(names.split(' ')).toEqual(expect.arrayContaining(report.host));
});

test('every call gives a result or a Python exception, and leaves the interpreter whole', () => {
  expect(report.broken).toEqual([]);
});
