/** Finds the CPython 3.12 whose tests are run. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface CPython {
  readonly python: string;
  readonly version: string;
  /** Its standard library, with the package `test`. */
  readonly library: string;
}

/** The CPython that MOULT_CPYTHON names, or pyenv's newest 3.12; null if there is none with tests. */
export function findCPython(): CPython | null {
  const named = process.env['MOULT_CPYTHON'] ?? '';
  const candidates =
    named === '' ? fromPyenv() : [statSync(named).isDirectory() ? join(named, 'bin/python3.12') : named];
  for (const python of candidates) {
    const found = ask(python);
    if (found !== null) return found;
  }
  return null;
}

function fromPyenv(): string[] {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) return [];
  const patch = (name: string): number => Number(name.slice('3.12.'.length));
  const names = readdirSync(versions).filter((name) => /^3\.12\.\d+$/.test(name));
  return names.sort((a, b) => patch(b) - patch(a)).map((name) => join(versions, name, 'bin/python3.12'));
}

/** What the interpreter says of itself, null unless it is a 3.12 with its tests. */
function ask(python: string): CPython | null {
  const program = 'import os, platform; print(platform.python_version()); print(os.path.dirname(os.__file__))';
  const { status, stdout } = spawnSync(python, ['-I', '-c', program], { encoding: 'utf8' });
  const [version = '', library = ''] = status === 0 ? stdout.trim().split('\n') : [];
  if (!version.startsWith('3.12.') || !existsSync(join(library, 'test/test_grammar.py'))) return null;
  return { python, version, library };
}
