/** The `moult` command. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { GcRoot } from '@moult/heap';
import { Answers, applyWarnOptions, createRuntime, finalize, HostLog } from 'moult';
import { runFile, runModule, runSource, wasInterrupted } from 'moult';
import type { Runtime, StartOptions } from 'moult';
import { parseArguments } from './arguments.ts';
import type { CommandLine } from './arguments.ts';
import { NodeHost } from './host.ts';
import { absolute, isPlace, openFailure } from './files.ts';
import { BANNER, runInteractive } from './repl.ts';
import { runTerminal } from './terminal.ts';
import { HELP, USAGE } from './help.ts';
import { answerAboutFiles } from './inspect/files.ts';
import type { Observer } from './inspect/observer.ts';
import { INSPECT_USAGE, parseInspection, usageOf } from './inspect/options.ts';
import type { Inspection, InspectionCommand } from './inspect/options.ts';
import { planFor } from './inspect/perform.ts';
import { progress } from './inspect/progress.ts';
import { failureText, UsageError } from './inspect/usage.ts';
import { together } from './inspect/when.ts';
import { findImage } from './image.ts';
import { findLibrary } from './library.ts';
import { ensureStack } from './stack.ts';

const VERSION = 'Python 3.12.1 (Moult 0.1.0)';

/** Metered bytes a program may use unless `--memory-limit` says otherwise: what fits the host's own heap. */
const DEFAULT_MEMORY_LIMIT = 3 * 2 ** 30;

/** The command that started this: what `sys.executable` says. */
const EXECUTABLE = (workerData as { executable?: string } | null)?.executable ?? process.argv[1] ?? '';

/** Whether the main thread has a keyboard. */
const hasTerminal = (workerData as { terminal?: boolean } | null)?.terminal === true;

async function main(args: readonly string[]): Promise<void> {
  const host = new NodeHost();
  process.exitCode = await performAny(host, args);
  host.files.finish();
}

function performAny(host: NodeHost, args: readonly string[]): number | Promise<number> {
  try {
    const wanted = parseInspection(args);
    if (wanted === null) return perform(host, parseArguments(args, process.env), args);
    if (wanted === 'help') return say(host, 1, INSPECT_USAGE, 0);
    return performInspection(host, wanted);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return say(host, 2, `${error.message}\n${usageOf(args[0] ?? '')}`, 2);
  }
}

/** Runs the program with somebody looking on. The answer goes to standard output, after the program's own. */
async function performInspection(host: NodeHost, { inspection, program, quiet }: InspectionCommand): Promise<number> {
  try {
    if (inspection.kind === 'diff' || inspection.kind === 'events') {
      return answerAboutFiles(inspection, (text) => void say(host, 1, text, 0));
    }
    const command = parseArguments(program, process.env);
    if (!['file', 'code', 'module'].includes(command.kind))
      throw new UsageError(`moult ${inspection.kind}: no program is named`);
    return await runPlan(host, command, { inspection, program, quiet });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined && !(error instanceof RangeError)) throw error;
    // Whoever read the answer has read enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 1;
    return say(host, 2, `moult ${inspection.kind}: ${failureText(error as Error)}\n`, 2);
  }
}

/** Runs the program as often as the inspection needs; from the second time on it gets from outside what it got the first time, and
 *  writes nothing. */
async function runPlan(host: NodeHost, command: CommandLine, wanted: InspectionCommand): Promise<number> {
  let unanswered = false;
  const plan = planFor(wanted.inspection as Inspection, {
    print: (text) => void say(host, 1, text, 0),
    none: (text) => {
      unanswered = true;
      say(host, 2, text, 0);
    },
  });
  const log = new HostLog();
  const programHost = wanted.quiet ? silenced(host) : host;
  const later = [plan.second, plan.third].filter((next) => next !== undefined);
  const seen = later.length === 0 ? programHost : (log.wrap(programHost) as NodeHost);
  const watched = (observer: Observer): Observer => (wanted.quiet ? observer : together(progress(host), observer));
  const code = await run(seen, command, wanted.program, watched(plan.first));
  log.answers = Answers.Repeated;
  for (const next of later) {
    log.at = 0;
    if (next.isNeeded()) await run(seen, command, wanted.program, watched(next.observer));
  }
  return code === 0 && unanswered ? 1 : code;
}

/** The host without standard output. */
function silenced(host: NodeHost): NodeHost {
  const write = (fd: number, data: Uint8Array): void => (fd === 1 ? undefined : host.write(fd, data));
  const files = Object.assign(Object.create(host.files) as NodeHost['files'], {
    write: (fd: number, data: Uint8Array): number => (fd === 1 ? data.length : host.files.write(fd, data)),
  });
  return Object.assign(Object.create(host) as NodeHost, { write, files });
}

function perform(host: NodeHost, command: CommandLine, args: readonly string[]): number | Promise<number> {
  switch (command.kind) {
    case 'version':
      return say(host, 1, `${VERSION}\n`, 0);
    case 'help':
      return say(host, 1, `usage: ${EXECUTABLE} ${USAGE}${HELP}`, 0);
    case 'error':
      return say(host, 2, `${command.value}\nusage: ${EXECUTABLE} ${USAGE}Try \`moult -h' for more information.\n`, 2);
    default:
      return run(host, command, args);
  }
}

function say(host: NodeHost, fd: number, text: string, code: number): number {
  host.write(fd, new TextEncoder().encode(text));
  return code;
}

async function run(
  host: NodeHost,
  command: CommandLine,
  args: readonly string[],
  observer: Observer = {},
): Promise<number> {
  if (command.kind === 'file') {
    const failure = openFailure(command.value);
    if (failure !== null) return say(host, 2, `${EXECUTABLE}: ${failure.message}\n`, failure.exitCode);
  }
  const library = findLibrary(host);
  const image = findImage();
  const start = {
    ...startOptions(host, command, args, library.folder, observer.begin !== undefined),
    host: library.host,
  };
  const rt = createRuntime(image === undefined ? start : { ...start, image });
  rt.libraryPack = library.find;
  lendBreaker(rt);
  observer.begin?.(rt);
  if (command.warnOptions.length > 0 && library.find !== null) applyWarnOptions(rt);
  const code = await execute(host, rt, command);
  if (start.auditInterval !== 0) rt.audit();
  observer.end?.(rt);
  const unflushed = finalize(rt, !TRACE && observer.over === undefined && start.auditInterval === 0);
  observer.over?.(rt);
  if (wasInterrupted(rt)) interrupt();
  return unflushed && code === 0 ? 120 : code;
}

/** Gives the main thread, which hears of Ctrl-C, the word that makes the loop ask for it. (A view of 4 GiB cannot be sent, the memory can.) */
function lendBreaker(rt: Runtime): void {
  parentPort?.postMessage({ kind: 'memory', memory: rt.words.buffer, word: GcRoot.EvalBreaker });
}

/** Ends the process as SIGINT would have; from a worker, once it is over. */
function interrupt(): void {
  const shared = (workerData as { interrupt?: Int32Array } | null)?.interrupt;
  if (shared === undefined) process.kill(process.pid, 'SIGINT');
  else Atomics.store(shared, 1, 1);
}

function startOptions(
  host: NodeHost,
  command: CommandLine,
  args: readonly string[],
  library: string | null,
  isWatched: boolean,
): StartOptions {
  const first = { file: command.value, code: '-c', module: '-m' }[command.kind as string] ?? command.value;
  const audit = Number(process.env['MOULT_AUDIT'] ?? 0);
  const heat = process.env['MOULT_TIER'] ?? '';
  return {
    host,
    argv: [first, ...command.rest],
    commandLine: [EXECUTABLE, ...args],
    path: [...programPath(command), ...variablePath(command), ...(library === null ? [] : [library])],
    executable: EXECUTABLE,
    optimize: command.optimize,
    flags: command.flags,
    warnOptions: command.warnOptions,
    xOptions: command.xOptions,
    unbuffered: command.unbuffered,
    hashSeed: command.hashSeed,
    budgetBytes: command.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
    shared: true,
    singly: isWatched,
    ...(heat === '' ? {} : { tierHeat: heat === 'off' ? Infinity : Number(heat) }),
    auditInterval: Number.isInteger(audit) && audit > 0 ? audit : 0,
  };
}

/** The first entry of `sys.path`. */
function programPath(command: CommandLine): string[] {
  if (command.kind === 'file' && isPlace(command.value)) return [absolute(command.value)];
  if ((command.flags['safe_path'] ?? 0) !== 0) return [];
  if (command.kind === 'file') return [dirname(realpathSync(command.value))];
  return [command.kind === 'module' ? process.cwd() : ''];
}

function variablePath(command: CommandLine): string[] {
  if ((command.flags['ignore_environment'] ?? 0) !== 0) return [];
  return (process.env['PYTHONPATH'] ?? '').split(':').flatMap((folder) => (folder === '' ? [] : [absolute(folder)]));
}

function runProgramFile(host: NodeHost, rt: Runtime, command: CommandLine): number {
  if (isPlace(command.value)) return runModule(rt, '__main__', true);
  const source = host.readFile(command.value) ?? new Uint8Array(0);
  const skipped = command.skipFirstLine ? source.indexOf(10) : 0;
  return runFile(rt, skipped < 0 ? new Uint8Array(0) : source.subarray(skipped), absolute(command.value));
}

function execute(host: NodeHost, rt: Runtime, command: CommandLine): number | Promise<number> {
  let code = 0;
  if (command.kind === 'file') code = runProgramFile(host, rt, command);
  else if (command.kind === 'module') code = runModule(rt, command.value);
  else if (command.kind === 'code') code = runSource(rt, `${command.value}\n`, '<string>');
  else if (!command.interactive && !host.isTerminal(0)) return runFile(rt, readAll(host), '<stdin>');
  if (command.kind !== 'stdin' && !command.interactive) return code;
  const quiet = command.quiet || command.kind !== 'stdin';
  if (parentPort === null || !hasTerminal) return runInteractive(rt, host, quiet);
  if (!quiet) say(host, 1, BANNER, 0);
  return runTerminal(rt, parentPort, (text) => void say(host, 1, text, 0));
}

function readAll(host: NodeHost): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let part = host.read(0, 65536); part.length > 0; part = host.read(0, 65536)) parts.push(part);
  return Buffer.concat(parts);
}

/** For what loads the bundle. */
export { keepImage } from './image.ts';

// In a microtask V8 makes no message for a thrown value that may be caught, with the place where it was thrown: Python's exceptions
// then take a third of the time.
if (ensureStack()) queueMicrotask(() => void main(process.argv.slice(2)));
