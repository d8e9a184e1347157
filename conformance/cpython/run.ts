/** Runs CPython's own tests on Moult, several modules at a time, and writes the committed table. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../options.ts';
import { type CPython, findCPython } from './find.ts';
import { modules } from './modules.ts';
import { type Options, parseOptions, usage } from './options.ts';
import {
  failuresOf,
  merge,
  type ModuleResult,
  noResults,
  reasonOf,
  type Reasons,
  remark,
  type Results,
  summarize,
  toMarkdown,
  totals,
} from './results.ts';
import { runModule, type Setup } from './session.ts';

/** Runs what the command line selects; `N passed, N failed` is the last line. Returns the exit code: 0 if nothing failed without
 *  a reason, or if there is no CPython whose tests could be run. */
export async function main(args: readonly string[], root: string): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    const options = parseOptions(args);
    const cpython = findCPython();
    if (cpython !== null) return await run(options, cpython, root);
    console.log('skipped: no CPython 3.12 with its tests (MOULT_CPYTHON can name one)');
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function run(options: Options, cpython: CPython, root: string): Promise<number> {
  const folder = join(root, 'conformance/cpython');
  const theirs = readJson<Results>(join(folder, 'cpython.json')) ?? noResults;
  const reasons = readJson<Reasons>(join(folder, 'reasons.json')) ?? {};
  const setup = setupFor(options, cpython, root);
  const fresh: Record<string, ModuleResult> = {};
  await inParallel(options.modules.length > 0 ? options.modules : modules, options.jobs, async (name) => {
    fresh[name] = summarize(await runModule(name, setup));
    announce(name, fresh[name], options.record ? noResults : theirs, reasons, options.verbose);
    if (options.update || options.record) save(folder, options, cpython, { [name]: fresh[name] });
  });
  return conclude({ ...noResults, modules: fresh }, theirs, reasons);
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function setupFor(options: Options, cpython: CPython, root: string): Setup {
  const own = [process.execPath, join(root, 'packages/cli/bin/moult.js')];
  const ours = options.command.length > 0 ? options.command : own;
  const { PATH = '' } = process.env;
  const environment: Record<string, string> = { PATH, LANG: 'C.UTF-8', PYTHONHASHSEED: '0' };
  if (!options.record) environment['MOULT_STDLIB'] = cpython.library;
  if (options.audit) Object.assign(environment, { MOULT_TRACE: '1', MOULT_AUDIT: '2000000000' });
  const { timeoutMs, stallMs, pattern } = options;
  const runner = join(root, 'conformance/cpython/runner.py');
  return {
    argv: options.record ? [cpython.python] : ours,
    environment,
    runner,
    timeoutMs,
    stallMs,
    pattern,
    audited: options.audit,
  };
}

/** Does `work` for each item, `jobs` at a time. */
async function inParallel<T>(items: readonly T[], jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}

function announce(name: string, result: ModuleResult, theirs: Results, reasons: Reasons, verbose: boolean): void {
  console.log(remark(name, result, theirs, reasons));
  if (!verbose) return;
  for (const [id, detail] of failuresOf(name, result, theirs))
    console.log(`  ${id}: ${reasonOf(id, reasons) ?? detail}`);
}

/** Merges results into the committed files, module by module, so that a run that is broken off keeps what it has. */
function save(folder: string, options: Options, cpython: CPython, fresh: Record<string, ModuleResult>): void {
  const date = new Date().toISOString().slice(0, 10);
  const path = join(folder, options.record ? 'cpython.json' : 'results.json');
  const version = options.record ? cpython.version : ourVersion(folder);
  const merged = merge(readJson<Results>(path) ?? noResults, fresh, version, date);
  writeFileSync(path, `${JSON.stringify(merged, null, 1)}\n`);
  const ours = readJson<Results>(join(folder, 'results.json')) ?? noResults;
  const theirs = readJson<Results>(join(folder, 'cpython.json')) ?? noResults;
  const reasons = readJson<Reasons>(join(folder, 'reasons.json')) ?? {};
  writeFileSync(join(folder, 'results.md'), toMarkdown(ours, theirs, reasons, modules));
}

function ourVersion(folder: string): string {
  return (readJson<{ version: string }>(join(folder, '../../package.json')) as { version: string }).version;
}

function conclude(ours: Results, theirs: Results, reasons: Reasons): number {
  const names = Object.keys(ours.modules);
  const { passed, failed } = totals(ours, theirs, names);
  console.log(`${passed} passed, ${failed} failed`);
  const open = names.some((name) =>
    failuresOf(name, ours.modules[name] as ModuleResult, theirs).some(([id]) => reasonOf(id, reasons) === null),
  );
  return open || names.some((name) => ours.modules[name]?.trouble !== undefined) ? 1 : 0;
}
