/** `node scripts/run-ts.mjs [--trace] FILE.ts [ARGUMENT...]`: runs a TypeScript program of the repository. */
import { importTypeScript } from './lib/run-ts.mjs';

const args = process.argv.slice(2);
const trace = args[0] === '--trace';
if (trace) args.shift();
const [file, ...rest] = args;
if (file === undefined) {
  console.error('usage: node scripts/run-ts.mjs [--trace] FILE.ts [ARGUMENT...]');
  process.exit(2);
}
process.argv = [process.argv[0], file, ...rest];
await importTypeScript(file, { trace });
