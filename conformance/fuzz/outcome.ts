/** What a program did, in the form in which two runs are compared. */

/** The exit status of a program that tried what a confined one must not (oracle/sitecustomize.py). */
const FORBIDDEN_STATUS = 97;

export interface Outcome {
  readonly out: string;
  readonly err: string;
  /** null if the program was ended for its time or by a signal */
  readonly exitCode: number | null;
  /** what a broken invariant, a failed audit or a failure of the runtime itself said */
  readonly broken: string | null;
}

/** Addresses are masked, and so are the paths of the library, which lies elsewhere in each, and how deep a recursion through
 *  natives went: stacks of C and of JavaScript have room for other numbers of calls. */
export function normalise(text: string): string {
  return text
    .replace(/0x[0-9a-fA-F]+/g, '0xXXXX')
    .replace(/"[^"\n]*\/python3\.12\//g, '"LIBRARY/')
    .replace(/\[Previous line repeated \d+ more times\]/g, '[Previous line repeated]')
    .replace(/\n+$/, '\n');
}

/** Where two outcomes differ: 'broken', 'exit code', 'stdout', 'stderr', or null. */
export function difference(wanted: Outcome, got: Outcome): string | null {
  if (got.broken !== null) return 'broken';
  if (normalise(wanted.out) !== normalise(got.out)) return 'stdout';
  if (normalise(wanted.err) !== normalise(got.err)) return 'stderr';
  return wanted.exitCode === got.exitCode ? null : 'exit code';
}

/** As `difference` for programs about the language: of stderr only the last line counts. 'undetermined' where CPython was ended, was
 *  kept from something, or met a limit that is another one here. */
export function languageDifference(wanted: Outcome, got: Outcome): string | null {
  if (isUndetermined(wanted)) return 'undetermined';
  const lastLine = ({ err }: Outcome): string => normalise(err).trimEnd().split('\n').at(-1) ?? '';
  return difference({ ...wanted, err: lastLine(wanted) }, { ...got, err: lastLine(got) });
}

/** Whether nothing can be said about a program that did this in CPython. */
export function isUndetermined({ exitCode, out, err }: Outcome): boolean {
  return exitCode === null || exitCode === FORBIDDEN_STATUS || /MemoryError|RecursionError/.test(out + err);
}

/** A few lines around the first difference of each stream. */
export function describe(wanted: Outcome, got: Outcome): string {
  const parts = [got.broken ?? ''];
  parts.push(firstDifference('stdout', normalise(wanted.out), normalise(got.out)));
  parts.push(firstDifference('stderr', normalise(wanted.err), normalise(got.err)));
  if (wanted.exitCode !== got.exitCode) parts.push(`exit code ${got.exitCode}, expected ${wanted.exitCode}`);
  return parts.filter((part) => part !== '').join('\n');
}

function firstDifference(what: string, wanted: string, got: string): string {
  if (wanted === got) return '';
  const [a, b] = [wanted.split('\n'), got.split('\n')];
  let first = 0;
  while (first < a.length && first < b.length && a[first] === b[first]) first++;
  const show = (mark: string, lines: readonly string[]): string[] =>
    lines.slice(first, first + 4).map((line) => `${mark} ${line.slice(0, 300)}`);
  return [`${what}, line ${first + 1}:`, ...show('-', a), ...show('+', b)].join('\n');
}
