/** `npm run soundness [-- SWEEP... OPTION...]`: memory, steps, collections, threads and bad input at the worst moment. */
import { inRoot, root } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';
import { buildLibraryPack, LIBRARY_PACK } from './lib/stdlib.mjs';

const args = process.argv.slice(2);
await buildLibraryPack(0);
const runner = await importTypeScript(inRoot('conformance/soundness/run.ts'));
const main = /** @type {(args: string[], root: string, pack: string) => Promise<number>} */ (runner.main);
process.exitCode = await main(args, root, LIBRARY_PACK);
