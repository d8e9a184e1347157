import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRuntime } from '../../../api/create.ts';
import { runFile } from '../../../api/run.ts';

interface Golden {
  readonly name: string;
  readonly source: string;
  readonly stderr: string;
  readonly code: number;
}

/** What CPython 3.12.1 wrote to standard error, and its exit codes; addresses are replaced by ADDR. */
const GOLDENS = JSON.parse(readFileSync(fileURLToPath(new URL('goldens.json', import.meta.url)), 'utf8')) as Golden[];

function run(source: string): { stderr: string; code: number } {
  const data = new TextEncoder().encode(source);
  const chunks: Uint8Array[] = [];
  const rt = createRuntime({
    host: {
      readFile: (path) => (path === 'prog.py' ? data : null),
      write: (fd, bytes) => {
        if (fd === 2) chunks.push(bytes.slice());
      },
    },
  });
  const code = runFile(rt, data, 'prog.py');
  rt.audit();
  return {
    stderr: Buffer.concat(chunks)
      .toString('utf8')
      .replace(/ at 0x[0-9a-f]+/g, ' at 0xADDR'),
    code,
  };
}

test.each(GOLDENS)('$name', ({ source, stderr, code }) => {
  expect(run(source)).toEqual({ stderr, code });
});
