import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { runFile } from '../../api/run.ts';
import { flushStream } from './display.ts';

interface Golden {
  readonly name: string;
  readonly source: string;
  readonly stdout: string;
}

/** What CPython 3.12.1 prints. */
const GOLDENS = JSON.parse(readFileSync(fileURLToPath(new URL('goldens.json', import.meta.url)), 'utf8')) as Golden[];

function run(source: string): string {
  const data = new TextEncoder().encode(source);
  const chunks: Uint8Array[] = [];
  const rt = createRuntime({ host: { readFile: () => data, write: (_fd, bytes) => void chunks.push(bytes.slice()) } });
  runFile(rt, data, 'prog.py');
  flushStream(rt, 'stdout');
  rt.audit();
  return Buffer.concat(chunks).toString('utf8');
}

test.each(GOLDENS)('$name', ({ source, stdout }) => {
  expect(run(source)).toBe(stdout);
});
