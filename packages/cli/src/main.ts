/** The `moult` command. */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { createRuntime, finalize, runFile, runSource, wasInterrupted } from 'moult';
import type { Runtime, StartOptions } from 'moult';
import { parseArguments } from './arguments.ts';
import type { CommandLine } from './arguments.ts';
import { NodeHost } from './host.ts';
import { openFailure } from './files.ts';
import { BANNER, runInteractive } from './repl.ts';
import { runTerminal } from './terminal.ts';
import { HELP, USAGE } from './help.ts';
import { findLibrary } from './library.ts';
import { ensureStack } from './stack.ts';

const VERSION = 'Python 3.12.1 (Moult 0.1.0)';

/** Metered bytes a program may use unless `--memory-limit` says otherwise: what fits the host's own heap. */
const DEFAULT_MEMORY_LIMIT = 3 * 2 ** 30;

async function main(args: readonly string[]): Promise<void> {
  const host = new NodeHost();
  const command = parseArguments(args);
  process.exitCode = await perform(host, command);
  host.flush();
}

function perform(host: NodeHost, command: CommandLine): number | Promise<number> {
  switch (command.kind) {
    case 'version':
      return say(host, 1, `${VERSION}\n`, 0);
    case 'help':
      return say(host, 1, `${USAGE}${HELP}`, 0);
    case 'error':
      return say(host, 2, `${command.value}\n${USAGE}Try \`moult -h' for more information.\n`, 2);
    case 'module':
      return say(host, 2, `moult: option -m is not supported yet: No module named ${command.value}\n`, 1);
    default:
      return run(host, command);
  }
}

function say(host: NodeHost, fd: number, text: string, code: number): number {
  host.write(fd, new TextEncoder().encode(text));
  return code;
}

async function run(host: NodeHost, command: CommandLine): Promise<number> {
  if (command.kind === 'file') {
    const failure = openFailure(command.value);
    if (failure !== null) return say(host, 2, `moult: ${failure.message}\n`, failure.exitCode);
  }
  const library = findLibrary(host);
  const rt = createRuntime({ ...startOptions(host, command), host: library.host });
  rt.libraryPack = library.find;
  const code = await execute(host, rt, command);
  const unflushed = finalize(rt);
  if (wasInterrupted(rt)) interrupt(host);
  return unflushed && code === 0 ? 120 : code;
}

/** Ends the process as SIGINT would have. */
function interrupt(host: NodeHost): void {
  host.flush();
  process.kill(process.pid, 'SIGINT');
}

/** The path that tracebacks and `__file__` show. */
function absolutePath(path: string): string {
  if (isAbsolute(path)) return path;
  return `${process.cwd()}/${path.startsWith('./') ? path.slice(2) : path}`;
}

function startOptions(host: NodeHost, command: CommandLine): StartOptions {
  const first = command.kind === 'file' ? command.value : command.kind === 'code' ? '-c' : command.value;
  const audit = Number(process.env['MOULT_AUDIT'] ?? 0);
  return {
    host,
    argv: [first, ...command.rest],
    path: [command.kind === 'file' ? dirname(realpathSync(command.value)) : ''],
    executable: process.argv[1] ?? '',
    optimize: command.optimize,
    flags: command.flags,
    budgetBytes: command.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
    auditInterval: Number.isInteger(audit) && audit > 0 ? audit : 0,
  };
}

function execute(host: NodeHost, rt: Runtime, command: CommandLine): number | Promise<number> {
  let code = 0;
  if (command.kind === 'file')
    code = runFile(rt, host.readFile(command.value) ?? new Uint8Array(0), absolutePath(command.value));
  else if (command.kind === 'code') code = runSource(rt, `${command.value}\n`, '<string>');
  else if (!command.interactive && !host.isTerminal(0)) return runSource(rt, readAll(host), '<stdin>');
  if (command.kind !== 'stdin' && !command.interactive) return code;
  const quiet = command.quiet || command.kind !== 'stdin';
  if (process.stdin.isTTY && process.stdout.isTTY) return runTerminal(rt, host, quiet ? '' : BANNER);
  return runInteractive(rt, host, quiet);
}

function readAll(host: NodeHost): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let part = host.read(0, 65536); part.length > 0; part = host.read(0, 65536)) parts.push(part);
  return Buffer.concat(parts);
}

if (ensureStack()) await main(process.argv.slice(2));
