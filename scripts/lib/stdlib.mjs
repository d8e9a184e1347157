/** Makes the library pack: CPython's pure-Python modules, compiled, in one file beside the command's bundle. */
import { existsSync, statSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { importTypeScript } from './run-ts.mjs';

const ARCHIVE = inRoot('node_modules/pyodide/python_stdlib.zip');
const OWN_MODULES = inRoot('packages/moult/src/stdlib/python');
export const LIBRARY_PACK = inRoot('packages/cli/dist/library.pack');

/** @param {number} newestSource modification time of the newest source, in ms
 *  @returns {Promise<string | null>} what was done, for people; null if the pack is up to date */
export async function buildLibraryPack(newestSource) {
  if (!existsSync(ARCHIVE)) return 'library.pack: left out, the dev dependency pyodide is not installed';
  if (existsSync(LIBRARY_PACK) && statSync(LIBRARY_PACK).mtimeMs > newestSource) return null;
  const start = performance.now();
  const { buildPack } = /** @type {{ buildPack: (archive: string, own: string, output: string) => number }} */ (
    /** @type {unknown} */ (await importTypeScript(inRoot('packages/moult/src/stdlib/build-pack.ts')))
  );
  const size = buildPack(ARCHIVE, OWN_MODULES, LIBRARY_PACK);
  return `library.pack: ${(size / 1e6).toFixed(1)} MB (${Math.round(performance.now() - start)} ms)`;
}
