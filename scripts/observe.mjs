/** `npm run observe [-- WORD...]`: the programs of the corpus alone and observed, which must be the same to the last word. */
import { inRoot, root } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';
import { buildLibraryPack, LIBRARY_PACK } from './lib/stdlib.mjs';

await buildLibraryPack(0);
const runner = await importTypeScript(inRoot('conformance/observed/run.ts'), { trace: true });
const main = /** @type {(words: string[], root: string, pack: string) => Promise<number>} */ (runner.main);
process.exitCode = await main(process.argv.slice(2), root, LIBRARY_PACK);
