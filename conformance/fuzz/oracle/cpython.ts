/** The oracle: an installed CPython 3.12, one process for each program. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { decode } from '../../compare.ts';
import type { Outcome } from '../outcome.ts';

const QUESTION = 'import sys; print(sys.implementation.name, *sys.version_info[:2], sys.maxsize > 2**32)';

/** The path of a 64-bit CPython 3.12: `MOULT_CPYTHON`, one of pyenv's, or `python3.12`; null if there is none. */
export function findCPython(): string | null {
  const candidates = [process.env['MOULT_CPYTHON'], join(homedir(), '.pyenv/versions/3.12.1/bin/python'), 'python3.12'];
  return candidates.find((path) => path !== undefined && path !== '' && isCPython(path)) ?? null;
}

function isCPython(path: string): boolean {
  if (path.includes('/') && !existsSync(path)) return false;
  try {
    return execFileSync(path, ['-c', QUESTION], { encoding: 'utf8', stdio: 'pipe' }).trim() === 'cpython 3 12 True';
  } catch {
    return false;
  }
}

/** The environment without what changes CPython, and hashes that repeat. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON'));
  return { ...Object.fromEntries(kept), PYTHONHASHSEED: '0' };
}

/** Runs a file; fails only if CPython cannot be started. */
export async function runCPython(python: string, path: string, folder: string, timeoutMs: number): Promise<Outcome> {
  const child = spawn(python, ['-X', 'utf8', path], {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const streams: Buffer[][] = [[], []];
  child.stdout.on('data', (data: Buffer) => streams[0]?.push(data));
  child.stderr.on('data', (data: Buffer) => streams[1]?.push(data));
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  }).finally(() => {
    clearTimeout(timer);
  });
  const [out = '', err = ''] = streams.map((parts) => decode(Buffer.concat(parts)));
  return { out, err, exitCode, broken: null };
}
