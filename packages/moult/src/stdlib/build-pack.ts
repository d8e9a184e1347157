/** Build step: `build-pack.ts ARCHIVE OUTPUT` makes the library pack from the archive of CPython's `Lib`. Runs on Node. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { makePack } from './make-pack.ts';
import { readZip } from './zip.ts';

const LIBRARY_VERSION = '3.12.7';

/** Reads `archive`, writes the pack to `output`; returns its size in bytes. */
export function buildPack(archive: string, output: string): number {
  const files = readZip(readFileSync(archive), (data) => inflateRawSync(data));
  const pack = makePack(files, LIBRARY_VERSION);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, pack);
  return pack.length;
}
