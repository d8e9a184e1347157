/** Bundles targets, and knows when a bundle is older than its sources. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRoot, root } from './paths.mjs';
import { buildLibraryPack } from './stdlib.mjs';
import { bundleOptions } from './targets.mjs';

/** @typedef {import('./targets.mjs').Target} Target */

/** Sources that decide what is in the library pack. */
const COMPILER_FOLDERS = ['syntax', 'compiler', 'stdlib'].map((name) => `packages/moult/src/${name}`);

/** Writes both bundles of a target; the command's library pack too, if it is older than the compiler. Fails as
 *  esbuild does.
 *  @param {Target} target */
export async function bundleTarget(target) {
  if (target.name === 'cli') {
    const done = await buildLibraryPack(Math.max(...COMPILER_FOLDERS.map((folder) => newestBelow(inRoot(folder)))));
    if (done !== null) console.log(done);
  }
  for (const trace of [false, true]) {
    await build({
      ...bundleOptions(trace),
      absWorkingDir: root,
      platform: target.platform,
      entryPoints: [target.entry],
      outfile: `${target.out}${trace ? '.traced' : ''}.js`,
    });
  }
}

/** @param {string} folder @returns {number} the latest modification below a folder, in ms; dist is passed over */
function newestBelow(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs);
  }
  return newest;
}

/** @param {Target} target @returns {boolean} whether a bundle is missing or older than any source or build script */
export function isStale(target) {
  const outputs = [`${target.out}.js`, `${target.out}.traced.js`].map((path) => inRoot(path));
  if (!outputs.every((path) => existsSync(path))) return true;
  const oldest = Math.min(...outputs.map((path) => statSync(path).mtimeMs));
  return Math.max(newestBelow(inRoot('packages')), newestBelow(inRoot('scripts/lib'))) > oldest;
}

/** Bundles a target if it is stale. @param {Target} target @returns {Promise<boolean>} whether it was bundled */
export async function bundleIfStale(target) {
  if (!isStale(target)) return false;
  await bundleTarget(target);
  return true;
}
