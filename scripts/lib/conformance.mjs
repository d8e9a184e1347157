/** Runs the conformance programs and CPython's own tests with an up-to-date CLI. */
import { bundleIfStale } from './bundle.mjs';
import { inRoot, root } from './paths.mjs';
import { importTypeScript } from './run-ts.mjs';
import { targets } from './targets.mjs';

/** @param {string[]} args see conformance/options.ts @returns {Promise<number>} the exit code */
export const runConformance = (args) => runWith('conformance/run.ts', args);

/** @param {string[]} args see conformance/cpython/options.ts @returns {Promise<number>} the exit code */
export const runConformanceCPython = (args) => runWith('conformance/cpython/run.ts', args);

/** @param {string} path of the runner @param {string[]} args @returns {Promise<number>} */
async function runWith(path, args) {
  const cli = /** @type {import('./targets.mjs').Target} */ (targets.find(({ name }) => name === 'cli'));
  if (!args.includes('--')) await bundleIfStale(cli);
  const runner = await importTypeScript(inRoot(path));
  const main = /** @type {(args: string[], root: string) => Promise<number>} */ (runner.main);
  return main(args, root);
}
