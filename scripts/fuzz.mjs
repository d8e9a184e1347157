/** `npm run fuzz [-- OPTION... [FILE...]]`: generated programs in Moult and in an installed CPython 3.12, compared. */
import { inRoot } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';
import { buildLibraryPack, LIBRARY_PACK } from './lib/stdlib.mjs';

const args = process.argv.slice(2);
await buildLibraryPack(0);
const runner = await importTypeScript(inRoot('conformance/fuzz/run.ts'), { trace: args.includes('--audit') });
const main = /** @type {(args: string[], places: { pack: string; site: string }) => Promise<number>} */ (runner.main);
process.exitCode = await main(args, { pack: LIBRARY_PACK, site: inRoot('conformance/fuzz/oracle') });
