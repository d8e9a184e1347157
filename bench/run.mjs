/** `npm run bench`: programs in bench/programs on the engines of bench/engines.json, in turn, compared with CPython 3.12. Results
 *  are checked against the baseline's. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../scripts/lib/paths.mjs';
import { measurePasses, measureProcess, versionOf } from './lib/measure.mjs';
import { parseOptions } from './lib/options.mjs';
import { heading, median, tableOf } from './lib/table.mjs';

/** @typedef {import('./lib/options.mjs').Engine} Engine */
/** @typedef {import('./lib/measure.mjs').Sample} Sample */

const STARTUP_RUNS = 9;
const options = parseOptions(process.argv.slice(2));
const versions = new Map();
const engines = options.engines.filter((engine) => {
  const version = versionOf(engine);
  if (version === null) console.log(`${engine.name}: not here (${engine.command.join(' ')}), left out`);
  else versions.set(engine.name, version);
  return version !== null;
});
const [baseline] = engines;
if (baseline?.baseline !== true) {
  console.error('the baseline is missing: name its command with --engine cpython3.12=/path/to/python3.12');
  process.exit(2);
}

const tables = options.sets.map((set) => {
  const rows = programsOf(set).flatMap((program) => measure(set, program));
  const table = tableOf(set, rows, engines.map((engine) => engine.name));
  console.log(`\n${table}\n`);
  return table;
});
if (options.write) writeFileSync(inRoot('bench/results.md'), `${[heading(versions), ...tables].join('\n\n')}\n`);

/** @param {string} set @returns {string[]} paths */
function programsOf(set) {
  const folder = inRoot('bench/programs', set);
  const names = readdirSync(folder).filter((name) => name.endsWith('.py') && name.includes(options.only));
  return names.sort().map((name) => join(folder, name));
}

/** All engines in turn, round by round, so that what else the machine does meets them alike.
 *  @param {string} set @param {string} path */
function measure(set, path) {
  const program = path.replace(/.*\//, '').replace('.py', '');
  const runs = set === 'startup' ? STARTUP_RUNS : options.runs;
  /** @type {Map<string, Sample[]>} */
  const samples = new Map(engines.map((engine) => [engine.name, []]));
  for (let run = 0; run < runs; run++) {
    for (const engine of engines) {
      const done = samples.get(engine.name) ?? [];
      if (done.some((sample) => sample.error !== '')) continue;
      done.push(set === 'startup' ? measureProcess(engine, path) : measurePasses(engine, path, options.passes, options.cpu));
    }
  }
  const expected = samples.get(baseline?.name ?? '')?.[0]?.result;
  return engines.map((engine) => summary(program, engine.name, samples.get(engine.name) ?? [], expected));
}

/** @param {string} program @param {string} engine @param {Sample[]} samples @param {string | undefined} expected */
function summary(program, engine, samples, expected) {
  const failed = samples.find((sample) => sample.error !== '' || sample.result !== expected);
  const note = failed === undefined ? '' : failed.error === '' ? 'wrong result' : 'fails';
  if (failed !== undefined) console.error(`${program}, ${engine}: ${failed.error || `${failed.result} instead of ${expected}`}`);
  const middle = (/** @type {'cold' | 'warm' | 'rss'} */ key) => median(samples.map((sample) => sample[key]));
  const row = { program, engine, cold: middle('cold'), warm: middle('warm'), rss: middle('rss'), note };
  console.log(`${program} ${engine}: ${note || `cold ${row.cold.toFixed(0)} ms, warm ${row.warm.toFixed(0)} ms, ${row.rss.toFixed(0)} MB`}`);
  return row;
}
