/** V8 does not optimise a function whose bytecode is longer than 60 KB (`--max-optimized-bytecode-size`). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const OPTIMISED_BYTECODE_MAX = 60 * 1024;
const LOOP = fileURLToPath(new URL('./loop.ts', import.meta.url));

/** Bytes of V8 bytecode of the function `evaluationLoop` in the release build of the loop. */
async function loopBytecodeSize(folder: string): Promise<number> {
  const entry = join(folder, 'entry.ts');
  const bundle = join(folder, 'bundle.mjs');
  writeFileSync(
    entry,
    `import { makeLoop } from ${JSON.stringify(LOOP)}; try { makeLoop({} as never)(0, 0); } catch {}`,
  );
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['moult-source'],
    define: { TRACE: 'false' },
  });
  const printed = execFileSync(
    process.execPath,
    ['--print-bytecode', '--print-bytecode-filter=evaluationLoop', bundle],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  return Math.max(...Array.from(printed.matchAll(/Bytecode length: (\d+)/g), (match) => Number(match[1])));
}

test('V8 can optimise the evaluation loop', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'moult-loop-'));
  try {
    const size = await loopBytecodeSize(folder);
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThan(OPTIMISED_BYTECODE_MAX);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
