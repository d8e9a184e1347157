/** `npm run fuzz [-- OPTION... [FILE...]]`: generated programs in Moult and in an installed CPython 3.12, compared. */
import { inRoot, root } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';

const args = process.argv.slice(2);
const runner = await importTypeScript(inRoot('conformance/fuzz/run.ts'), { trace: args.includes('--audit') });
const main = /** @type {(args: string[], root: string) => Promise<number>} */ (runner.main);
process.exitCode = await main(args, root);
