/** The command line of the commands that look at a program's heap: `moult why`, `heap`, `snapshot`, `trace`, `ledger`, `report`, `diff`,
 *  `events`. */
import { parseArgs } from 'node:util';
import { UsageError } from './usage.ts';
import { parseWhen } from './when.ts';
import type { When } from './when.ts';

/** What is asked about a program's heap. */
export type Inspection =
  | { readonly kind: 'why'; readonly typeName: string; readonly limit: number; readonly when: When }
  | { readonly kind: 'heap'; readonly limit: number; readonly json: boolean; readonly when: When }
  | { readonly kind: 'snapshot'; readonly output: string; readonly format: SnapshotFormat; readonly when: When }
  | {
      readonly kind: 'trace';
      readonly limit: number;
      readonly json: boolean;
      readonly events: string | null;
      readonly references: boolean;
    }
  | { readonly kind: 'ledger'; readonly expression: string }
  | { readonly kind: 'report'; readonly output: string; readonly expression: string | null };

/** What is asked about files that earlier commands wrote. */
export type FileQuestion =
  | {
      readonly kind: 'diff';
      readonly before: string;
      readonly after: string;
      readonly limit: number;
      readonly json: boolean;
    }
  | { readonly kind: 'events'; readonly file: string; readonly json: boolean };

export type SnapshotFormat = 'heapsnapshot' | 'dot' | 'nodes' | 'edges' | 'tables' | 'json' | 'speedscope';

export interface InspectionCommand {
  readonly inspection: Inspection | FileQuestion;
  readonly quiet: boolean;
  /** The program with its own options and arguments: a command line of `moult`; empty for a question about files. */
  readonly program: readonly string[];
}

export const INSPECT_USAGE = `usage: moult why --type NAME [--at WHEN] [--limit N] [--quiet] FILE [arg] ...
       moult heap [--at WHEN] [--limit N] [--json] [--quiet] FILE [arg] ...
       moult snapshot [--at WHEN] [-o OUT] [--quiet] FILE [arg] ...
       moult trace [--limit N] [--json] [--events OUT [--references]] [--quiet] FILE [arg] ...
       moult ledger --object EXPR [--quiet] FILE [arg] ...
       moult report [-o OUT] [--object EXPR] [--quiet] FILE [arg] ...
       moult diff [--limit N] [--json] BEFORE AFTER
       moult events [--json] EVENTS

The first six run the program and look at its heap, by default when its main module has ended, before the interpreter shuts down.
why      : the ways from the roots to objects of a type, and the cycles that they are in
heap     : objects by type with what they retain, cycles, equal values, garbage that waits for the collector
snapshot : writes the heap to OUT, by its ending: .heapsnapshot (default; Chrome's DevTools, memlab, moult diff),
           .dot (Graphviz), .nodes.csv, .edges.csv, .csv (tables; the last writes both), .json, .speedscope.json (bytes allocated, by call stack)
trace    : counts while the program runs: allocations by line, the peak, collections, finalizers, deaths, survivors;
           --events writes every event to OUT (--references: of reference counts too), which moult events reads
ledger   : every change of the count of the object that EXPR names at the end of the program, with its line
report   : one page (report.html) that tells all of this, to be read in a browser
diff     : what came and went between two .heapsnapshot files: by type, by line of allocation, by way from the roots
--at WHEN: LINE or FILE:LINE: before that line runs for the first time; peak: when most memory was in use; exit
--limit N: how many objects, types or cycles are shown (default 5 for why, else 20)
--quiet  : neither the program's own standard output nor progress is shown

Exit code: the program's own; or 1 if there was nothing to answer (why: no such object; --at: a line never reached; diff:
nothing differs is 0, something does is 1), 2 for a command line that cannot be obeyed or a file that cannot be read or written.
`;

/** The line of a command in the usage, and where the rest is; all of the usage if there is no such command. */
export function usageOf(command: string): string {
  const line = INSPECT_USAGE.split('\n').find((each) => each.includes(` moult ${command} `));
  return line === undefined
    ? INSPECT_USAGE
    : `usage: ${line.replace(/^(usage:)?\s+/, '')}\nTry \`moult ${command} --help' for more information.\n`;
}

const HELP = ['-h', '--help', '-?'];
const COMMANDS = new Set(['why', 'heap', 'snapshot', 'trace', 'ledger', 'report', 'diff', 'events']);
const FORMATS: readonly (readonly [ending: string, format: SnapshotFormat])[] = [
  ['.heapsnapshot', 'heapsnapshot'],
  ['.dot', 'dot'],
  ['.nodes.csv', 'nodes'],
  ['.edges.csv', 'edges'],
  ['.csv', 'tables'],
  ['.speedscope.json', 'speedscope'],
  ['.json', 'json'],
];

/** Reads the arguments after `moult`; null if they name no such command. Throws UsageError. */
export function parseInspection(args: readonly string[]): InspectionCommand | 'help' | null {
  const [name, ...rest] = args;
  if (name === undefined || !COMMANDS.has(name)) return null;
  if (HELP.includes(rest[0] ?? '')) return 'help';
  const { values, program } = parse(rest);
  if (name === 'diff' || name === 'events') {
    return { inspection: questionOf(name, values, program), quiet: values.quiet === true, program: [] };
  }
  if (program.length === 0) throw new UsageError(`moult ${name}: no program is named`);
  return { inspection: inspectionOf(name, values), quiet: values.quiet === true, program };
}

type Values = ReturnType<typeof parse>['values'];

/** Options end at the first argument that is none: the rest is the program's. */
function parse(args: readonly string[]) {
  const end = endOfOptions(args);
  try {
    const { values } = parseArgs({
      args: args.slice(0, end),
      options: {
        type: { type: 'string' },
        object: { type: 'string' },
        limit: { type: 'string' },
        output: { type: 'string', short: 'o' },
        at: { type: 'string' },
        events: { type: 'string' },
        references: { type: 'boolean' },
        json: { type: 'boolean' },
        quiet: { type: 'boolean', short: 'q' },
      },
    });
    return { values, program: args.slice(end) };
  } catch (error) {
    throw new UsageError(`moult: ${(error as Error).message.split('. ')[0]}`);
  }
}

const WITH_VALUE = new Set(['--type', '--object', '--limit', '--output', '-o', '--at', '--events']);

/** The program begins at the first argument that is no option, or at `-c` and `-m`, which say what the program is. */
const PROGRAM = new Set(['-', '-c', '-m']);

function endOfOptions(args: readonly string[]): number {
  let at = 0;
  while (at < args.length && args[at]!.startsWith('-') && !PROGRAM.has(args[at]!))
    at += WITH_VALUE.has(args[at]!) ? 2 : 1;
  return Math.min(at, args.length);
}

function inspectionOf(name: string, values: Values): Inspection {
  const when = parseWhen(values.at ?? 'exit');
  const json = values.json === true;
  if (values.at !== undefined && !['why', 'heap', 'snapshot'].includes(name))
    throw new UsageError(`moult ${name}: --at is for why, heap and snapshot`);
  switch (name) {
    case 'heap':
      return { kind: name, limit: limit(values.limit, 20), json, when };
    case 'trace': {
      const { events = null, references = false } = values;
      return { kind: name, limit: limit(values.limit, 20), json, events, references };
    }
    case 'ledger':
      return { kind: name, expression: needed(values.object, 'moult ledger: --object EXPR is needed') };
    case 'why': {
      const typeName = needed(values.type, 'moult why: --type NAME is needed');
      return { kind: name, typeName, limit: limit(values.limit, 5), when };
    }
    case 'report':
      return { kind: name, output: values.output ?? 'report.html', expression: values.object ?? null };
    default:
      return snapshotOf(values.output ?? 'heap.heapsnapshot', when);
  }
}

function snapshotOf(output: string, when: When): Inspection {
  const format = FORMATS.find(([ending]) => output.endsWith(ending));
  if (format === undefined) {
    throw new UsageError(`moult snapshot: ${output} ends in none of ${FORMATS.map(([ending]) => ending).join(' ')}`);
  }
  return { kind: 'snapshot', output, format: format[1], when };
}

function questionOf(name: 'diff' | 'events', values: Values, files: readonly string[]): FileQuestion {
  const [first, second, ...more] = files;
  const wanted = name === 'diff' ? 2 : 1;
  if (files.length !== wanted || more.length > 0)
    throw new UsageError(`moult ${name}: ${wanted === 2 ? 'two files are' : 'one file is'} needed`);
  const json = values.json === true;
  if (name === 'events') return { kind: name, file: first ?? '', json };
  return { kind: name, before: first ?? '', after: second ?? '', limit: limit(values.limit, 20), json };
}

function needed(value: string | undefined, message: string): string {
  if (value === undefined) throw new UsageError(message);
  return value;
}

function limit(text: string | undefined, usual: number): number {
  const n = Number(text ?? usual);
  if (!Number.isInteger(n) || n < 1) throw new UsageError(`moult: --limit ${text} is no number from 1 on`);
  return n;
}
