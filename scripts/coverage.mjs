/** `npm run coverage [-- VITEST ARGUMENT...]`: the heap's unit tests with their coverage. It fails below 100 %; a line that need not
 *  be covered says why: `v8 ignore next -- @preserve: REASON`. */
import { spawnSync } from 'node:child_process';
import { inRoot, root } from './lib/paths.mjs';

const THRESHOLDS = { lines: 100, statements: 100, functions: 100, branches: 100 };

const args = [
  ...['run', '--project', 'traced', 'packages/heap'],
  ...['--coverage.enabled', '--coverage.provider=v8', '--coverage.experimentalAstAwareRemapping'],
  ...['--coverage.include=packages/heap/src/**/*.ts', '--coverage.exclude=**/*.{test,d}.ts'],
  ...[
    '--coverage.reporter=text',
    '--coverage.reporter=json',
    `--coverage.reportsDirectory=${inRoot('.cache/coverage')}`,
  ],
  ...Object.entries(THRESHOLDS).map(([name, percent]) => `--coverage.thresholds.${name}=${percent}`),
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, [inRoot('node_modules/vitest/vitest.mjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
