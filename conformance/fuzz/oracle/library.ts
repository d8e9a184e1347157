/** The library of the CPython with which is compared, as a pack: modules change with each release, and so would what they print. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readSources as ownModules } from '../../../packages/moult/src/stdlib/build-pack.ts';
import { makePack } from '../../../packages/moult/src/stdlib/make-pack.ts';

/** Sources that decide what is in a pack. */
const COMPILER_FOLDERS = ['syntax', 'compiler', 'stdlib'];

/** Modules that CPython has in C and Moult in Python. */
const OWN_MODULES = 'packages/moult/src/stdlib/python';

const QUESTION = 'import os, platform; print(os.path.dirname(os.__file__), platform.python_version(), sep="\\n")';

/** The folder of CPython's library. */
export function libraryOf(python: string): string {
  return ask(python)[0] ?? '';
}

const ask = (python: string): string[] =>
  execFileSync(python, ['-I', '-c', QUESTION], { encoding: 'utf8' }).split('\n');

/** The path of the pack below `root`, made anew if the compiler is newer. */
export function libraryPackOf(python: string, root: string): string {
  const [folder = '', version = ''] = ask(python);
  const path = join(root, '.cache', `library-${version}.pack`);
  const newest = Math.max(...COMPILER_FOLDERS.map((name) => newestBelow(join(root, 'packages/moult/src', name))));
  if (!existsSync(path) || statSync(path).mtimeMs < newest) {
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(path, makePack(readSources(folder), version, ownModules(join(root, OWN_MODULES))));
  }
  return path;
}

function readSources(library: string): Map<string, Uint8Array> {
  const paths = readdirSync(library, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/site-packages|\/test\/|\/tests\/|lib2to3|idlelib|config-/.test(path));
  return new Map(paths.map((path) => [relative(library, path), readFileSync(path)]));
}

function newestBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
