/** Runs the conformance programs with an up-to-date CLI. */
import { bundleIfStale, hasEntry } from './bundle.mjs';
import { inRoot, root } from './paths.mjs';
import { importTypeScript } from './run-ts.mjs';
import { targets } from './targets.mjs';

/** @param {string[]} args see conformance/options.ts @returns {Promise<number>} the exit code */
export async function runConformance(args) {
  const cli = targets.find(({ name }) => name === 'cli');
  if (!args.includes('--') && cli !== undefined) {
    if (!hasEntry(cli)) {
      console.log(`no conformance program was run: ${cli.entry} does not exist yet`);
      return 1;
    }
    await bundleIfStale(cli);
  }
  const runner = await importTypeScript(inRoot('conformance/run.ts'));
  const main = /** @type {(args: string[], root: string) => Promise<number>} */ (runner.main);
  return main(args, root);
}
