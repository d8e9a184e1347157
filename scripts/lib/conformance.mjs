/** Runs the conformance programs with an up-to-date CLI. */
import { bundleIfStale } from './bundle.mjs';
import { inRoot, root } from './paths.mjs';
import { importTypeScript } from './run-ts.mjs';
import { targets } from './targets.mjs';

/** @param {string[]} args see conformance/options.ts @returns {Promise<number>} the exit code */
export async function runConformance(args) {
  const cli = /** @type {import('./targets.mjs').Target} */ (targets.find(({ name }) => name === 'cli'));
  if (!args.includes('--')) await bundleIfStale(cli);
  const runner = await importTypeScript(inRoot('conformance/run.ts'));
  const main = /** @type {(args: string[], root: string) => Promise<number>} */ (runner.main);
  return main(args, root);
}
