/** `npm test [-- VITEST ARGUMENT...]`: the unit tests (the heap's in both builds), then the conformance programs with
 *  the CLI, which is bundled if it is not up to date. With arguments, only the unit tests they select. The last line is `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runConformance } from './lib/conformance.mjs';
import { inRoot, root } from './lib/paths.mjs';

const args = process.argv.slice(2);
const units = runUnitTests(args);
const programs = args.length > 0 ? { exitCode: 0, passed: 0, failed: 0 } : await runPrograms();

console.log(`\n${units.passed + programs.passed} passed, ${units.failed + programs.failed} failed`);
process.exitCode = units.exitCode || programs.exitCode;

/** @param {string[]} args */
function runUnitTests(args) {
  const report = reportPath('unit-tests');
  const vitest = inRoot('node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: root, stdio: 'inherit', env: { ...process.env, MOULT_RELEASE_TESTS: '1' } },
  );
  const { passed, failed } = readCounts(report, ({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    failed: numFailedTests + testResults.filter(brokenFile).length,
  }));
  // A run that ended badly without a failed test (a file or a worker that could not start) is one failure.
  return { exitCode: status ?? 1, passed, failed: status === 0 ? failed : Math.max(failed, 1) };
}

/** A file that could not be loaded has no tests to count: it is one failure.
 *  @param {{ status: string, assertionResults: unknown[] }} file */
function brokenFile({ status, assertionResults }) {
  return status === 'failed' && assertionResults.length === 0;
}

async function runPrograms() {
  const report = reportPath('conformance');
  const exitCode = await runConformance(['--json', report]);
  const { passed, failed } = readCounts(report, ({ totals }) => totals);
  return { exitCode, passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

/** @param {string} name @returns {string} where a step leaves its results; an older file is removed */
function reportPath(name) {
  mkdirSync(inRoot('.cache'), { recursive: true });
  const path = inRoot('.cache', `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

/** @param {string} path @param {(report: any) => { passed: number, failed: number }} counts */
function readCounts(path, counts) {
  try {
    return counts(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
