/** Build step: makes the library pack from the archive of CPython's `Lib` and the modules of `python/`. Runs on Node. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { makePack } from './make-pack.ts';
import { readZip } from './zip.ts';

const LIBRARY_VERSION = '3.12.7';

/** Reads `archive` and the sources below `own`, writes the pack to `output`; returns its size in bytes. */
export function buildPack(archive: string, own: string, output: string): number {
  const files = readZip(readFileSync(archive), (data) => inflateRawSync(data));
  const pack = makePack(files, LIBRARY_VERSION, readSources(own));
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, pack);
  return pack.length;
}

/** The Python files below `folder`, by their paths there. */
export function readSources(folder: string): Map<string, Uint8Array> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]));
}
