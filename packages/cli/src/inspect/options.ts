/** The command line of the commands that look at a program's heap: `moult why`, `heap`, `snapshot`, `trace`, `ledger`. */
import { parseArgs } from 'node:util';

/** What is asked about the heap that a program leaves when its main module has run, before the interpreter's end. */
export type Inspection =
  | { readonly kind: 'why'; readonly typeName: string; readonly limit: number }
  | { readonly kind: 'heap'; readonly limit: number; readonly json: boolean }
  | { readonly kind: 'snapshot'; readonly output: string; readonly format: SnapshotFormat }
  | { readonly kind: 'trace'; readonly limit: number; readonly json: boolean }
  | { readonly kind: 'ledger'; readonly expression: string };

export type SnapshotFormat = 'heapsnapshot' | 'dot' | 'nodes' | 'edges';

export interface InspectionCommand {
  readonly inspection: Inspection;
  readonly quiet: boolean;
  /** The program with its own options and arguments: a command line of `moult`. */
  readonly program: readonly string[];
}

/** A command line that cannot be obeyed; the message says why. */
export class UsageError extends Error {}

export const INSPECT_USAGE = `usage: moult why --type NAME [--limit N] [--quiet] FILE [arg] ...
       moult heap [--limit N] [--json] [--quiet] FILE [arg] ...
       moult snapshot [-o OUT] [--quiet] FILE [arg] ...
       moult trace [--limit N] [--json] [--quiet] FILE [arg] ...
       moult ledger --object EXPR [--quiet] FILE [arg] ...

Each runs the program and looks at the heap when its main module has ended, before the interpreter shuts down.
why      : the ways from the roots to objects of a type, and the cycles that they are in
heap     : objects by type with what they retain, cycles, equal values, garbage that waits for the collector
snapshot : writes the heap to OUT, by its ending: .heapsnapshot (default; Chrome's DevTools, memlab), .dot (Graphviz),
           .nodes.csv, .edges.csv (tables)
trace    : counts while the program runs: allocations by line, the peak, collections, finalizers, deaths, survivors
ledger   : every change of the count of the object that EXPR names at the end of the program, with its line
--limit N: how many objects, types or cycles are shown (default 5 for why, else 20)
--quiet  : the program's own standard output is not shown
`;

const HELP = ['-h', '--help', '-?'];
const COMMANDS = new Set(['why', 'heap', 'snapshot', 'trace', 'ledger']);
const FORMATS: readonly (readonly [ending: string, format: SnapshotFormat])[] = [
  ['.heapsnapshot', 'heapsnapshot'],
  ['.dot', 'dot'],
  ['.nodes.csv', 'nodes'],
  ['.edges.csv', 'edges'],
];

/** Reads the arguments after `moult`; null if they name no such command. Throws UsageError. */
export function parseInspection(args: readonly string[]): InspectionCommand | 'help' | null {
  const [name, ...rest] = args;
  if (name === undefined || !COMMANDS.has(name)) return null;
  if (HELP.includes(rest[0] ?? '')) return 'help';
  const { values, program } = parse(rest);
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
        json: { type: 'boolean' },
        quiet: { type: 'boolean', short: 'q' },
      },
    });
    return { values, program: args.slice(end) };
  } catch (error) {
    throw new UsageError(`moult: ${(error as Error).message.split('. ')[0]}`);
  }
}

const WITH_VALUE = new Set(['--type', '--object', '--limit', '--output', '-o']);

/** The program begins at the first argument that is no option, or at `-c` and `-m`, which say what the program is. */
const PROGRAM = new Set(['-', '-c', '-m']);

function endOfOptions(args: readonly string[]): number {
  let at = 0;
  while (at < args.length && args[at]!.startsWith('-') && !PROGRAM.has(args[at]!))
    at += WITH_VALUE.has(args[at]!) ? 2 : 1;
  return Math.min(at, args.length);
}

function inspectionOf(name: string, values: Values): Inspection {
  if (name === 'heap' || name === 'trace')
    return { kind: name, limit: limit(values.limit, 20), json: values.json === true };
  if (name === 'ledger') {
    if (values.object === undefined) throw new UsageError('moult ledger: --object EXPR is needed');
    return { kind: 'ledger', expression: values.object };
  }
  if (name === 'why') {
    if (values.type === undefined) throw new UsageError('moult why: --type NAME is needed');
    return { kind: 'why', typeName: values.type, limit: limit(values.limit, 5) };
  }
  const output = values.output ?? 'heap.heapsnapshot';
  const format = FORMATS.find(([ending]) => output.endsWith(ending));
  if (format === undefined) {
    throw new UsageError(`moult snapshot: ${output} ends in none of ${FORMATS.map(([ending]) => ending).join(' ')}`);
  }
  return { kind: 'snapshot', output, format: format[1] };
}

function limit(text: string | undefined, usual: number): number {
  const n = Number(text ?? usual);
  if (!Number.isInteger(n) || n < 1) throw new UsageError(`moult: --limit ${text} is no number from 1 on`);
  return n;
}
