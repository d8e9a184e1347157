/** `docs/fidelity.md`: what of it is made from recorded results, between the lines `<!-- NAME -->` and `<!-- end of NAME -->`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failuresOf, reasonOf, type Reasons, type Results } from '../cpython/results.ts';
import { readSizes, sizesSection } from './sizes.ts';

export const PAGE = 'docs/fidelity.md';

/** The page with its generated parts made anew. Throws RangeError if one has no place in it. */
export function refreshed(page: string, root: string): string {
  let text = page;
  for (const [name, content] of Object.entries(parts(root))) text = replaced(text, name, content);
  return text;
}

function replaced(page: string, name: string, content: string): string {
  const start = `<!-- ${name} -->`;
  const end = `<!-- end of ${name} -->`;
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new RangeError(`the page has no lines ${start} and ${end}`);
  return `${page.slice(0, from + start.length)}\n\n${content}\n\n${page.slice(to)}`;
}

function parts(root: string): Record<string, string> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  return {
    sizes: sizesSection(readSizes(read('conformance/programs/identity/sizes_of_types.out'))),
    "CPython's tests": testsSection(
      JSON.parse(read('conformance/cpython/results.json')) as Results,
      JSON.parse(read('conformance/cpython/cpython.json')) as Results,
      JSON.parse(read('conformance/cpython/reasons.json')) as Reasons,
    ),
    'long runs': runsSection(join(root, 'conformance/results.md')),
  };
}

/** The figures of CPython's own tests, and the modules in which some fail. */
export function testsSection(ours: Results, theirs: Results, reasons: Reasons): string {
  const modules = Object.entries(ours.modules);
  const rows = modules.map(([name, result]) => {
    const failures = failuresOf(name, result, theirs);
    const unexplained = failures.filter(([id]) => reasonOf(id, reasons) === null).length;
    const passes = theirs.modules[name]?.passed ?? 0;
    return { name, passes, passed: result.passed, failed: failures.length, unexplained };
  });
  const sum = (key: 'passes' | 'passed' | 'failed'): string =>
    rows.reduce((total, row) => total + row[key], 0).toLocaleString('en-US');
  const clean = rows.filter(({ failed }) => failed === 0).length;
  return [
    `${ours.date}: of the ${sum('passes')} tests that CPython 3.12.1 passes in ${rows.length} modules, Moult passes ${sum('passed')}; ` +
      `${sum('failed')} fail.\nNothing fails in ${clean} modules. In the others:`,
    '',
    '| module | CPython passes | Moult passes | fail | of these without a known cause |',
    '| --- | --: | --: | --: | --: |',
    ...rows
      .filter(({ failed }) => failed > 0)
      .map((row) => `| ${row.name} | ${row.passes} | ${row.passed} | ${row.failed} | ${row.unexplained} |`),
  ].join('\n');
}

/** The first table of each section of the results of long runs. */
export function runsSection(path: string): string {
  if (!existsSync(path)) return 'None is recorded yet.';
  const sections = readFileSync(path, 'utf8').split(/^## /m).slice(1);
  return sections
    .map((section) => {
      const [title = '', ...rest] = section.split('\n');
      const first = rest.findIndex((line) => line.startsWith('|'));
      const after = rest.findIndex((line, i) => i > first && !line.startsWith('|'));
      const table = first < 0 ? rest.slice(0, 0) : rest.slice(first, after < 0 ? undefined : after);
      return [`### ${title}`, '', ...table].join('\n');
    })
    .filter((text) => text.includes('\n|'))
    .join('\n\n');
}
