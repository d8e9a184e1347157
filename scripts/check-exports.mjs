/**
 * `npm run test:exports`: loads the heaps that `moult snapshot` writes in the programs they are for: the heap snapshot worker of Chrome's
 * DevTools, memlab, and the tables in DuckDB with the queries that we ship. They are fetched from npm when this runs, into node_modules/.cache/exports, without their install scripts: they are
 * large (200 MB), and nothing else needs them. The last line is `N passed, N failed`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { build } from 'esbuild';
import { inRoot } from './lib/paths.mjs';

const READERS = ['chrome-devtools-frontend@1.0.1705227', '@memlab/core@2.0.5', '@duckdb/node-api@1.5.6-r.1'];
const PROGRAMS = ['examples/leak_hunt.py', 'examples/adventure.py', 'examples/simulation.py'];
const cache = process.env['MOULT_EXPORTS_CACHE'] ?? inRoot('node_modules/.cache/exports');
const command = process.argv.slice(2);
const moult = command.length > 0 ? command : [process.execPath, inRoot('packages/cli/bin/moult.js')];

let passed = 0;
let failed = 0;

/** @param {string} what
 *  @param {boolean} holds */
function check(what, holds) {
  if (holds) passed++;
  else failed++;
  if (!holds) console.log(`failed: ${what}`);
}

/** Installs what is not there yet. */
function fetchReaders() {
  if (READERS.every((name) => existsSync(join(cache, 'node_modules', name.slice(0, name.lastIndexOf('@')))))) return;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{"private":true}');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', ...options, ...READERS], { cwd: cache, stdio: 'inherit' });
}

/** A file that DevTools' own build makes: the languages there are. */
const LOCALES = {
  name: 'locales',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/locales\.js$/ }, () => ({ path: 'locales', namespace: 'made' }));
    onLoad({ filter: /.*/, namespace: 'made' }, () => ({
      contents: `export const [LOCALES, BUNDLED_LOCALES, DEFAULT_LOCALE] = [['en-US'], ['en-US'], 'en-US'];
        export const [LOCAL_FETCH_PATTERN, REMOTE_FETCH_PATTERN] = ['', ''];`,
    }));
  },
};

/** DevTools' worker as a module. */
async function loadDevTools() {
  const outfile = join(cache, 'devtools.mjs');
  const folder = join(cache, 'node_modules/chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker');
  await build({
    entryPoints: [join(folder, 'heap_snapshot_worker.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
    plugins: [LOCALES],
  });
  Promise.withResolvers ??= () => {
    let resolve;
    let reject;
    const promise = new Promise((yes, no) => {
      [resolve, reject] = [yes, no];
    });
    return { promise, resolve, reject };
  };
  return import(pathToFileURL(outfile).href);
}

/** Loads as DevTools does: in pieces, with a second worker for the retained sizes. */
async function openInDevTools({ HeapSnapshot, HeapSnapshotLoader }, text) {
  const loader = new HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent: () => undefined });
  for (let at = 0; at < text.length; at += 1 << 20) loader.write(text.slice(at, at + (1 << 20)));
  loader.close();
  const { port1, port2 } = new MessageChannel();
  new HeapSnapshot.SecondaryInitManager(port2);
  const snapshot = await loader.buildSnapshot(port1);
  port1.close();
  port2.close();
  return snapshot;
}

/** Its parser, told not to write what it does. */
function loadMemlab() {
  const load = createRequire(import.meta.url);
  const library = join(cache, 'node_modules/@memlab/core/dist/lib');
  load(join(library, 'Config.js')).default.muteConsole = true;
  return { parser: load(join(library, 'HeapParser.js')).default };
}

/** @param {string} program
 *  @param {string} path */
function writeSnapshot(program, path) {
  const [executable = '', ...args] = moult;
  const { status, stderr } = spawnSync(executable, [...args, 'snapshot', '-q', '-o', path, inRoot(program)], {
    encoding: 'utf8',
    cwd: inRoot('examples'),
  });
  check(`moult snapshot ${program}: ${stderr}`, status === 0);
}

async function checkProgram(devTools, memlab, program, folder) {
  const path = join(folder, 'heap.heapsnapshot');
  writeSnapshot(program, path);
  const text = readFileSync(path, 'utf8');
  const { snapshot: head } = JSON.parse(text);

  const opened = await openInDevTools(devTools, text);
  check(`${program}: DevTools finds all nodes`, opened.nodeCount === head.node_count);
  check(`${program}: DevTools sums up the bytes`, opened.totalSize > 500_000);
  const groups = Object.values(opened.aggregatesWithFilter({}));
  check(
    `${program}: DevTools groups by type`,
    groups.some(({ name }) => name === 'dict'),
  );
  check(`${program}: DevTools has allocation stacks`, opened.allocationTracesTops().length > 0);

  const heap = await memlab.parser.parse(path);
  check(`${program}: memlab finds all nodes`, heap.nodes.length === head.node_count);
  check(`${program}: memlab finds all edges`, heap.edges.length === head.edge_count);
  let named = 0;
  heap.nodes.forEach((node) => void (named += node.name === 'dict' ? 1 : 0));
  check(`${program}: memlab reads names`, named > 10);
}

/** Every view of the shipped queries, on a heap of our own. */
async function checkTables(folder) {
  writeSnapshot('examples/leak_hunt.py', join(folder, 'heap.csv'));
  const { DuckDBInstance } = createRequire(import.meta.url)(join(cache, 'node_modules/@duckdb/node-api'));
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = async (query) => (await connection.runAndReadAll(query)).getRowObjects();
  const queries = readFileSync(inRoot('packages/inspect/queries/heap.sql'), 'utf8').replaceAll(
    "'heap.",
    `'${folder}/heap.`,
  );
  await connection.run(queries);
  for (const view of ['types', 'keepers', 'referred', 'duplicates'])
    check(`view ${view} has rows`, (await rows(`SELECT * FROM ${view} LIMIT 3`)).length > 0);
  await rows('SELECT * FROM garbage');
  check('no count is wrong', (await rows('SELECT * FROM miscounted')).length === 0);
  const [keeper] = await rows('SELECT node FROM keepers LIMIT 1');
  check(
    'somebody refers to the greatest keeper',
    (await rows(`SELECT * FROM referrers_of(${keeper?.node})`)).length > 0,
  );
  check('a way leads to it', (await rows(`SELECT * FROM way_to(${keeper?.node})`)).length === 1);
  connection.closeSync();
}

fetchReaders();
const devTools = await loadDevTools();
const memlab = loadMemlab();
const folder = mkdtempSync(join(tmpdir(), 'moult-exports-'));
try {
  for (const program of PROGRAMS) await checkProgram(devTools, memlab, program, folder);
  await checkTables(folder);
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
