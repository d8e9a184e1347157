/** `npm run test:playground [-- WORD]`: the playground in a real browser. Build it first: `npm run build:playground`. */
import { root } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';

const { main } = /** @type {{ main: (word: string, root: string) => Promise<number> }} */ (
  /** @type {unknown} */ (await importTypeScript('packages/playground/test/run.ts'))
);
process.exit(await main(process.argv.slice(2).join(' '), root.replace(/\/$/, '')));
