/** Unit tests lie beside their sources. They run in the traced build, where every event hook is compiled in; with
 *  MOULT_RELEASE_TESTS=1 the heap's tests run a second time as in the release build (`*.traced.test.ts` excepted). */
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  resolve: {
    alias: [
      { find: /^@moult\/heap(\/traced)?$/, replacement: source('packages/heap/src/index.ts') },
      { find: /^moult(\/traced)?$/, replacement: source('packages/moult/src/index.ts') },
      { find: /^@moult\/inspect$/, replacement: source('packages/inspect/src/index.ts') },
    ],
  },
};
const limits = { testTimeout: 120_000, hookTimeout: 120_000, exclude: [...configDefaults.exclude, '**/dist/**'] };

const traced = {
  ...shared,
  define: { TRACE: 'true' },
  test: {
    ...limits,
    name: 'traced',
    include: ['{packages,conformance,scripts,tools,bench,examples}/**/*.test.{ts,js,mjs}'],
  },
};
const release = {
  ...shared,
  define: { TRACE: 'false' },
  test: {
    ...limits,
    name: 'release',
    include: ['packages/heap/src/**/*.test.ts'],
    exclude: [...limits.exclude, '**/*.traced.test.ts'],
  },
};

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: process.env['MOULT_RELEASE_TESTS'] === '1' ? [traced, release] : [traced],
  },
});
