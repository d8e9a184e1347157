/** The conformance runner: runs programs as subprocesses, two at a time, and compares them with CPython's goldens. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './compare.ts';
import { checkDifferences } from './differences.ts';
import { execute, type Command } from './execute.ts';
import { type Options, parseOptions, usage, UsageError } from './options.ts';
import { findPrograms, type Program } from './programs.ts';
import { count, type ExpectedFailures, judge, remark, type Result, table, toJson, unknownNames } from './report.ts';

/** Runs what the command line selects and prints the table, with `N passed, N failed` as the last line.
 *  Returns the exit code: 0 only if every program did what is expected of it. */
export async function main(args: readonly string[], root: string): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    return await run(parseOptions(args), root);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function run(options: Options, root: string): Promise<number> {
  if (options.differences) return checkDifferences(root);
  const folder = join(root, 'conformance');
  const programs = findPrograms(folder, options);
  if (programs.length === 0) throw new UsageError('no program has such a category and name');
  const ours = options.command.length === 0;
  const expected = ours ? readExpected(folder) : {};
  const results = await runAll(programs, options, commandFor(options, root), expected);
  const unknown = unknownNames(findPrograms(folder, { categories: [], words: [] }), expected);
  return conclude(results, unknown, options);
}

function readExpected(folder: string): ExpectedFailures {
  return JSON.parse(readFileSync(join(folder, 'expected-failures.json'), 'utf8')) as ExpectedFailures;
}

function commandFor({ command, timeoutMs, audit, tier }: Options, root: string): Command {
  const argv = command.length > 0 ? command : [process.execPath, join(root, 'packages/cli/bin/moult.js')];
  return { argv, timeoutMs, audit, tier };
}

/** Runs the programs with `options.jobs` workers over one queue; results keep the order of the programs. */
async function runAll(
  programs: readonly Program[],
  options: Options,
  command: Command,
  expected: ExpectedFailures,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < programs.length; at = next++) {
      const result = await runOne(programs[at] as Program, options, command, expected);
      results[at] = result;
      announce(result, options.verbose);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  return results;
}

async function runOne(
  program: Program,
  options: Options,
  command: Command,
  expected: ExpectedFailures,
): Promise<Result> {
  const start = performance.now();
  const outcome = await execute(program, command);
  const differences = compare(program, outcome, options.compareErr);
  return { program, differences, verdict: judge(program.name, differences, expected), ms: performance.now() - start };
}

function announce(result: Result, verbose: boolean): void {
  const text = remark(result);
  if (text === null) return;
  console.log(text);
  if (verbose) for (const { lines } of result.differences) console.log(lines.join('\n'));
}

function conclude(results: readonly Result[], unknown: readonly string[], options: Options): number {
  if (options.json !== null) writeFileSync(options.json, toJson(results));
  for (const name of unknown)
    console.log(`FAIL ${name}: listed in expected-failures.json, but there is no such program`);
  const { passed, expected, failed } = count(results);
  console.log(`\n${table(results)}\n`);
  if (expected > 0) console.log(`${expected} fail as listed in conformance/expected-failures.json`);
  console.log(`${passed} passed, ${failed + unknown.length} failed`);
  return failed + unknown.length === 0 ? 0 : 1;
}
