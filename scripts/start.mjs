/** `npm start [-- FILE [ARGUMENT...]]`: bundles the CLI if its sources changed and runs a program with it; without a
 *  FILE, a published example about reference cycles. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bundleIfStale } from './lib/bundle.mjs';
import { inRoot } from './lib/paths.mjs';
import { targets } from './lib/targets.mjs';

const EXAMPLE = 'conformance/seeds/pythontutorial_cycle.py';

const cli = targets.find(({ name }) => name === 'cli');
console.log((await bundleIfStale(cli)) ? `Bundled ${cli.out}.js.` : `${cli.out}.js is up to date.`);

const [file, ...args] = process.argv.slice(2);
if (file === undefined) introduce();
const { status } = spawnSync(
  process.execPath,
  [inRoot('packages/cli/bin/moult.js'), file ?? inRoot(EXAMPLE), ...args],
  {
    stdio: 'inherit',
  },
);
if (file === undefined) conclude();
process.exitCode = status ?? 1;

function introduce() {
  console.log(`
$ npx moult ${EXAMPLE}

The program makes two objects that refer to each other, reads their reference counts with ctypes, drops the
only outside reference, and lets the cycle collector find them:

${readFileSync(inRoot(EXAMPLE), 'utf8').trimEnd().replace(/^/gm, '    ')}

What it prints (the addresses differ from CPython's, the counts do not):
`);
}

function conclude() {
  console.log('\nTry your own: npx moult FILE.py');
}
