/** Compares what a program did with its goldens.
 *
 *  Programs: stdout byte for byte, the exit code, and stderr where there is a golden, after both were normalised.
 *  Seeds, sessions and lines: stdout and stderr together, addresses masked, newlines at the end not counted; of a
 *  session only what follows the first prompt (the banner is the interpreter's own). */
import { sep } from 'node:path';
import type { Program } from './programs.ts';

export interface Outcome {
  /** of seeds: stdout and stderr as they came */
  out: string;
  err: string;
  /** null after a signal */
  exitCode: number | null;
  timedOut: boolean;
}

export interface Difference {
  /** 'stdout', 'stderr', 'exit code 1, expected 0', 'timeout' */
  what: string;
  /** a few lines around the first difference, indented for printing */
  lines: string[];
}

/** Decodes UTF-8; a byte that does not belong to a character becomes `\xNN`, so that nothing is lost. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const text = Buffer.from(bytes).toString('latin1');
    return text.replace(/[\x80-\xff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
  }
}

/** stderr with addresses as 0xXXXX and without the path in front of the program's file name. */
export function normaliseErr(text: string, fileName: string, folder?: string): string {
  const own = fileName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return (folder === undefined ? text : text.replaceAll(folder + sep, ''))
    .replace(/0x[0-9a-fA-F]+/g, '0xXXXX')
    .replace(new RegExp(`"[^"\\n]*[/\\\\](${own})"`, 'g'), '"$1"')
    .replace(new RegExp(`[^\\s"]*[/\\\\](${own})\\b`, 'g'), '$1')
    .replaceAll('\r\n', '\n')
    .replace(/\n+$/, '');
}

/** What the runtime says when it finds a broken invariant: nothing else matters then. */
const CORRUPTION = /^.*HeapCorruption.*$/m;

/** The differences of an outcome from the goldens; none means that the program passes. */
export function compare(program: Program, outcome: Outcome, compareErr = true): Difference[] {
  if (outcome.timedOut) return [{ what: 'timeout', lines: [] }];
  const corruption = CORRUPTION.exec(`${outcome.out}\n${outcome.err}`);
  if (corruption !== null) return [{ what: 'broken invariant', lines: [indent(corruption[0])] }];
  return program.kind === 'program' ? compareProgram(program, outcome, compareErr) : compareSeed(program, outcome);
}

function compareProgram(program: Program, outcome: Outcome, compareErr: boolean): Difference[] {
  const differences: Difference[] = [];
  if (outcome.out !== program.out) differences.push(textDifference('stdout', program.out, outcome.out));
  const wantedErr = compareErr ? program.err : null;
  if (outcome.exitCode !== program.exitCode) differences.push(exitDifference(program, outcome, wantedErr === null));
  if (wantedErr !== null) {
    const fileName = program.args[0] ?? '';
    const wanted = normaliseErr(wantedErr, fileName);
    const got = normaliseErr(outcome.err, fileName, program.folder);
    if (got !== wanted) differences.push(textDifference('stderr', wanted, got));
  }
  return differences;
}

function exitDifference(program: Program, outcome: Outcome, showErr: boolean): Difference {
  const what = `exit code ${outcome.exitCode ?? 'none (signal)'}, expected ${program.exitCode}`;
  return { what, lines: showErr ? outcome.err.trimEnd().split('\n').slice(-4).map(indent) : [] };
}

function compareSeed(program: Program, outcome: Outcome): Difference[] {
  const tidy = (text: string): string => {
    const masked = text.replace(/0x[0-9a-f]+/g, '0xADDR').replace(/\n+$/, '');
    return program.kind === 'session' ? fromFirstPrompt(masked) : masked;
  };
  const [wanted, got] = [tidy(program.out), tidy(outcome.out)];
  return wanted === got ? [] : [textDifference('output', wanted, got)];
}

function fromFirstPrompt(text: string): string {
  const start = text.search(/^>>> /m);
  return start < 0 ? '' : text.slice(start);
}

/** Shows the lines around the first difference. */
function textDifference(what: string, wanted: string, got: string): Difference {
  const [a, b] = [wanted.split('\n'), got.split('\n')];
  let first = 0;
  while (first < a.length && first < b.length && a[first] === b[first]) first++;
  const common = a.slice(Math.max(0, first - 1), first).map((line) => `  ${line}`);
  const lines = [
    `${what}, line ${first + 1} of ${a.length}:`,
    ...common,
    ...a.slice(first, first + 4).map((line) => `- ${line}`),
    ...b.slice(first, first + 4).map((line) => `+ ${line}`),
  ];
  return { what, lines: lines.map(indent) };
}

const indent = (line: string): string => `      ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
