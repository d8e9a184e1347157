/** For tests: the library's modules, compiled from the sources in the dev dependency when they are imported. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { PackEntry, Runtime } from '../core/runtime.ts';
import { LIBRARY_FOLDER, moduleNameOf, isPackagePath } from '../stdlib/pack.ts';
import { readZip } from '../stdlib/zip.ts';

let entries: Map<string, PackEntry> | null = null;

function readEntries(): Map<string, PackEntry> {
  const folder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  const files = readZip(readFileSync(join(folder, 'python_stdlib.zip')), (data) => inflateRawSync(data));
  const found = new Map<string, PackEntry>();
  for (const [path, data] of files) {
    if (!path.endsWith('.py')) continue;
    const entry = {
      source: new TextDecoder().decode(data),
      isPackage: isPackagePath(path),
      path: `${LIBRARY_FOLDER}/${path}`,
    };
    found.set(moduleNameOf(path), entry);
  }
  return found;
}

/** Gives a runtime the standard library. */
export function useLibrary(rt: Runtime): void {
  entries ??= readEntries();
  const all = entries;
  rt.libraryPack = (name) => all.get(name) ?? null;
}
