/** Results in the form that is committed, their comparison with CPython's own, and the table. */
import type { ModuleOutcome } from './session.ts';

/** What is kept of a module: all that did not simply pass. */
export interface ModuleResult {
  /** Tests the module has; null: it could not be loaded. */
  readonly total: number | null;
  readonly passed: number;
  /** Test to exception. */
  readonly failed: Readonly<Record<string, string>>;
  /** Test to reason. */
  readonly skipped: Readonly<Record<string, string>>;
  readonly trouble?: string;
  readonly seconds: number;
}

export interface Results {
  readonly version: string;
  readonly date: string;
  readonly modules: Readonly<Record<string, ModuleResult>>;
}

/** Test, or the start of names followed by `*`, to the cause of its failure. */
export type Reasons = Readonly<Record<string, string>>;

export const noResults: Results = { version: '', date: '', modules: {} };

export function summarize({ tests, total, trouble, seconds }: ModuleOutcome): ModuleResult {
  const select = (status: string): Record<string, string> =>
    Object.fromEntries(tests.filter((test) => test.status === status).map(({ id, detail }) => [id, shorten(detail)]));
  return {
    total,
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: select('failed'),
    skipped: select('skipped'),
    ...(trouble === '' ? {} : { trouble: shorten(trouble) }),
    seconds: Math.round(seconds),
  };
}

/** Addresses, temporary folders and the like would change the committed file with each run. */
function shorten(text: string): string {
  const steady = text.replace(/0x[0-9a-f]{6,}/g, '0xXXXX').replace(/moult-cpython-\w+/g, 'FOLDER');
  return steady.length > 200 ? `${steady.slice(0, 200)}…` : steady;
}

/** Puts results of some modules in the place of older ones. */
export function merge(
  old: Results,
  fresh: Readonly<Record<string, ModuleResult>>,
  version: string,
  date: string,
): Results {
  return { version, date, modules: { ...old.modules, ...fresh } };
}

/** The cause of a failure as the reasons file gives it, or null. */
export function reasonOf(id: string, reasons: Reasons): string | null {
  const exact = reasons[id];
  if (exact !== undefined) return exact;
  const starts = Object.keys(reasons).filter((key) => key.endsWith('*') && id.startsWith(key.slice(0, -1)));
  const longest = starts.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (reasons[longest] ?? null);
}

/** Failures that are not CPython's own. */
export function failuresOf(name: string, ours: ModuleResult, theirs: Results): [id: string, detail: string][] {
  const known = theirs.modules[name]?.failed ?? {};
  return Object.entries(ours.failed).filter(([id]) => !Object.hasOwn(known, id));
}

interface Row {
  readonly name: string;
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly unexplained: number;
  readonly skipped: number;
  readonly notRun: number;
  readonly cpythonPassed: number;
  readonly cpythonSkipped: number;
}

function rowOf(name: string, ours: ModuleResult, theirs: Results, reasons: Reasons): Row {
  const reference = theirs.modules[name];
  const failures = failuresOf(name, ours, theirs);
  const count = (entries: object | undefined): number => Object.keys(entries ?? {}).length;
  const total = ours.total ?? reference?.total ?? 0;
  return {
    name,
    total,
    passed: ours.passed,
    failed: failures.length,
    unexplained: failures.filter(([id]) => reasonOf(id, reasons) === null).length,
    skipped: count(ours.skipped),
    notRun: Math.max(0, total - ours.passed - count(ours.failed) - count(ours.skipped)),
    cpythonPassed: reference?.passed ?? 0,
    cpythonSkipped: count(reference?.skipped),
  };
}

/** Rows of the modules that have been run, in the order of `order`, and their sum. */
function rowsOf(ours: Results, theirs: Results, reasons: Reasons, order: readonly string[]): Row[] {
  const names = order.filter((name) => ours.modules[name] !== undefined);
  const rows = names.map((name) => rowOf(name, ours.modules[name] as ModuleResult, theirs, reasons));
  const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return [
    ...rows,
    {
      name: 'all',
      total: sum((row) => row.total),
      passed: sum((row) => row.passed),
      failed: sum((row) => row.failed),
      unexplained: sum((row) => row.unexplained),
      skipped: sum((row) => row.skipped),
      notRun: sum((row) => row.notRun),
      cpythonPassed: sum((row) => row.cpythonPassed),
      cpythonSkipped: sum((row) => row.cpythonSkipped),
    },
  ];
}

/** One line for a module, for the terminal. */
export function remark(name: string, ours: ModuleResult, theirs: Results, reasons: Reasons): string {
  const row = rowOf(name, ours, theirs, reasons);
  const parts = [`${row.passed} of ${row.total} passed`, `CPython ${row.cpythonPassed}`];
  if (row.failed > 0) parts.push(`${row.failed} failed, ${row.unexplained} unexplained`);
  if (row.skipped > 0) parts.push(`${row.skipped} skipped`);
  if (row.notRun > 0) parts.push(`${row.notRun} not run`);
  if (ours.trouble !== undefined) parts.push(ours.trouble);
  return `${name}: ${parts.join(', ')} (${ours.seconds} s)`;
}

/** Totals for the last line of a run. */
export function totals(ours: Results, theirs: Results, order: readonly string[]): { passed: number; failed: number } {
  const all = rowsOf(ours, theirs, {}, order).at(-1) as Row;
  return { passed: all.passed, failed: all.failed + all.notRun };
}

/** The committed page. */
export function toMarkdown(ours: Results, theirs: Results, reasons: Reasons, order: readonly string[]): string {
  const rows = rowsOf(ours, theirs, reasons, order);
  const line = (row: Row): string => {
    const { name, total, passed, failed, unexplained, skipped, notRun, cpythonPassed, cpythonSkipped } = row;
    return `| ${[name, total, passed, failed, unexplained, skipped, notRun, cpythonPassed, cpythonSkipped].join(' | ')} |`;
  };
  return [
    "# CPython's own tests",
    '',
    `Test modules of CPython ${theirs.version}, unmodified and with its own library, on Moult ${ours.version}; ${ours.date}. Written by`,
    '`npm run conformance:cpython`. A test that CPython itself fails here, in the same environment, is not counted as failed. _Unexplained_ are failures without an',
    'entry in `reasons.json`; _not run_ is what follows when a module could not be loaded or its time was up.',
    '',
    '| module | tests | passed | failed | unexplained | skipped | not run | CPython passes | CPython skips |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map(line),
    '',
    '## Failures',
    '',
    ...rows.flatMap(({ name }) => failureLines(name, ours, theirs, reasons)),
  ].join('\n');
}

function failureLines(name: string, ours: Results, theirs: Results, reasons: Reasons): string[] {
  const result = ours.modules[name];
  if (result === undefined) return [];
  const failures = failuresOf(name, result, theirs);
  if (failures.length === 0 && result.trouble === undefined) return [];
  const lines = failures.map(([id, detail]) => {
    const reason = reasonOf(id, reasons);
    return `- \`${id.replace(/^test\./, '')}\`: ${reason ?? `unexplained: ${quote(detail)}`}`;
  });
  if (result.trouble !== undefined) lines.unshift(`- the module: ${quote(result.trouble)}`);
  return [`### ${name}`, '', ...lines, ''];
}

const quote = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('\n', ' ')}\``;
