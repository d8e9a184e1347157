/** What is bundled, from which entry, for whom. Every target is built twice from the same source: with the constant
 *  TRACE false (`NAME.js`) and true (`NAME.traced.js`); only the second contains event hooks. */

/** @typedef {object} Target
 *  @property {string} name  what `npm run build -- NAME` calls it
 *  @property {string} entry
 *  @property {string} out  output without `.js`
 *  @property {'node' | 'neutral'} platform  neutral: neither Node nor DOM; runs in any engine
 *  @property {boolean} types  whether declarations are written to dist/types */

/** @type {Target[]} */
export const targets = [
  {
    name: 'heap',
    entry: 'packages/heap/src/index.ts',
    out: 'packages/heap/dist/index',
    platform: 'neutral',
    types: true,
  },
  {
    name: 'moult',
    entry: 'packages/moult/src/index.ts',
    out: 'packages/moult/dist/index',
    platform: 'neutral',
    types: true,
  },
  {
    name: 'cli',
    entry: 'packages/cli/src/main.ts',
    out: 'packages/cli/dist/moult',
    platform: 'node',
    types: false,
  },
];

/** The options every bundle of this repository shares. `moult-source` makes workspace packages resolve to their
 *  sources, so that one bundle inlines the layouts' `const enum`s across packages.
 *  @param {boolean} trace
 *  @returns {import('esbuild').BuildOptions} */
export const bundleOptions = (trace) => ({
  bundle: true,
  format: 'esm',
  target: 'es2022',
  define: { TRACE: String(trace), BUILD_STAMP: '""' },
  conditions: ['moult-source'],
  mainFields: ['module', 'main'],
  minifySyntax: true,
  charset: 'utf8',
  legalComments: 'none',
  sourcemap: 'linked',
  logLevel: 'warning',
});
