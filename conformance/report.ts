/** Turns results into verdicts, the table and the totals.
 *
 *  An *expected failure* is listed in expected-failures.json with its cause. The list can only shrink: a listed program
 *  that passes is an error, as is a failure nobody listed and a listed name that is no program. */
import type { Difference } from './compare.ts';
import type { Program } from './programs.ts';

/** Program name to cause. */
export type ExpectedFailures = Readonly<Record<string, string>>;

export type Verdict = 'pass' | 'fail' | 'expected failure' | 'unexpected pass';

export interface Result {
  program: Program;
  differences: Difference[];
  verdict: Verdict;
  ms: number;
}

export interface Totals {
  passed: number;
  expected: number;
  /** failures nobody listed, and listed programs that pass */
  failed: number;
}

export function judge(name: string, differences: readonly Difference[], expected: ExpectedFailures): Verdict {
  const listed = Object.hasOwn(expected, name);
  if (differences.length === 0) return listed ? 'unexpected pass' : 'pass';
  return listed ? 'expected failure' : 'fail';
}

/** Listed names that are no program: typing errors, or programs since renamed. */
export function unknownNames(programs: readonly Program[], expected: ExpectedFailures): string[] {
  const names = new Set(programs.map(({ name }) => name));
  return Object.keys(expected).filter((name) => !names.has(name));
}

export function count(results: readonly Result[]): Totals {
  const number = (...verdicts: Verdict[]): number => results.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    passed: number('pass'),
    expected: number('expected failure'),
    failed: number('fail', 'unexpected pass'),
  };
}

/** The line for one program that is not simply right, or null. */
export function remark({ program: { name }, verdict, differences }: Result): string | null {
  switch (verdict) {
    case 'pass':
    case 'expected failure':
      return null;
    case 'unexpected pass':
      return `PASS ${name}: take it off conformance/expected-failures.json`;
    case 'fail':
      return `FAIL ${name}: ${differences.map(({ what }) => what).join(', ')}`;
  }
}

/** One row for each category and one for all. */
export function table(results: readonly Result[]): string {
  const categories = [...new Set(results.map(({ program }) => program.category))];
  const row = (label: string, of: readonly Result[]): string[] => {
    const { passed, expected, failed } = count(of);
    const seconds = of.reduce((sum, { ms }) => sum + ms, 0) / 1000;
    return [label, String(of.length), String(passed), String(expected), String(failed), seconds.toFixed(1)];
  };
  const rows = [
    ['category', 'programs', 'passed', 'expected failures', 'failed', 'seconds'],
    ...categories.map((category) =>
      row(
        category,
        results.filter(({ program }) => program.category === category),
      ),
    ),
    row('all', results),
  ];
  return align(rows);
}

function align(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
}

/** What `--json` writes: program name to verdict, differences and time. */
export function toJson(results: readonly Result[]): string {
  const entries = results.map(({ program, verdict, differences, ms }) => {
    const entry = { verdict, differences: differences.map(({ what }) => what), ms: Math.round(ms) };
    return [program.name, entry] as const;
  });
  return `${JSON.stringify({ totals: count(results), programs: Object.fromEntries(entries) }, null, 1)}\n`;
}
