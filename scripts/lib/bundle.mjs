/** Bundles targets, and knows when a bundle is older than its sources. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  if (target.name === 'cli') await bundleCached();
}

/** The command as one script, for V8's code cache; the cache and the start image (packages/cli/bin/load.cjs, src/image.ts). */
async function bundleCached() {
  const outfile = inRoot('packages/cli/dist/moult.cjs');
  await build({
    ...bundleOptions(false),
    absWorkingDir: root,
    platform: 'node',
    format: 'cjs',
    charset: 'ascii',
    // Names are a quarter of what V8 reads from its cache.
    minify: true,
    sourcemap: false,
    banner: { js: `${DEFERRED}const importMetaUrl = require("node:url").pathToFileURL(__filename).href;` },
    define: { TRACE: 'false', BUILD_STAMP: `"${STAMP}"`, 'import.meta.url': 'importMetaUrl' },
    entryPoints: ['packages/cli/src/main.ts'],
    outfile,
  });
  const text = readFileSync(outfile, 'latin1').replace(RARE, 'deferred($1)');
  const stamp = createHash('sha256').update(text).digest('hex').slice(0, 16);
  writeFileSync(outfile, text.replace(STAMP, stamp), 'latin1');
  for (const name of readdirSync(dirname(outfile)))
    if (/\.(cache|image)$/.test(name)) rmSync(join(dirname(outfile), name));
  execFileSync(process.execPath, [inRoot('packages/cli/bin/moult.js'), '-c', WARM_UP]);
}

/** Modules of Node that few runs need, and the form that loads one when something of it is asked for. */
const RARE = /\brequire\(("node:(?:child_process|readline|tty|util|os|v8)")\)/g;
const DEFERRED = 'const deferred = (name) => new Proxy({}, { get: (_, key) => require(name)[key] });';

/** Stands in the bundle for its own hash until that is known. */
const STAMP = '@@stamp@@';

/** What is compiled by then is in the cache. */
const WARM_UP =
  'import collections, dataclasses, json, re\nprint(f"{1 + 1.5:.1f}", [x for x in (1, 2)], {"a": "b"}, file=None)';

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
function isStale(target) {
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
