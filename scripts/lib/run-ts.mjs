/** Runs a TypeScript program of the repository: bundles it to a temporary file beside node_modules and imports that. */
import { mkdirSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { inRoot, root } from './paths.mjs';
import { bundleOptions } from './targets.mjs';

/** Packages from npm stay outside the bundle; workspace packages go in, from source.
 *  @param {string} path relative to the current folder  @param {{ trace?: boolean }} [options]
 *  @returns {Promise<Record<string, unknown>>} what the program exports */
export async function importTypeScript(path, { trace = false } = {}) {
  const folder = inRoot('.cache');
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${basename(path, '.ts')}.${process.pid}.mjs`;
  await build({
    ...bundleOptions(trace),
    absWorkingDir: root,
    platform: 'node',
    entryPoints: [resolve(path)],
    plugins: [externalPackages],
    sourcemap: 'inline',
    outfile,
  });
  process.on('exit', () => rmSync(outfile, { force: true }));
  return import(pathToFileURL(outfile).href);
}

/** @type {import('esbuild').Plugin} */
const externalPackages = {
  name: 'external-packages',
  setup(context) {
    context.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const own = kind === 'entry-point' || path === 'moult' || path.startsWith('moult/') || path.startsWith('@moult/');
      return own ? null : { path, external: true };
    });
  },
};
