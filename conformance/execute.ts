/** Runs one program as a subprocess. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, type Outcome } from './compare.ts';
import type { Program } from './programs.ts';

export interface Command {
  /** the implementation and its own arguments */
  argv: readonly string[];
  timeoutMs: number;
  audit: number | null;
  tier: number | null;
}

/** Variables that would change what a program prints, under CPython or here. */
const REMOVED = ['DONTWRITEBYTECODE', 'UNBUFFERED', 'TRACEMALLOC', 'WARNINGS', 'STARTUP', 'PATH', 'MALLOC', 'OPTIMIZE']
  .map((name) => `PYTHON${name}`)
  .concat('FORCE_COLOR', 'PYTHON_COLORS', 'MOULT_AUDIT', 'MOULT_TRACE', 'MOULT_TIER');

function environment({ audit, tier }: Command): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, PYTHONHASHSEED: '0' };
  for (const name of REMOVED) delete env[name];
  if (tier !== null) Object.assign(env, { MOULT_AUDIT: '1', MOULT_TIER: String(tier) });
  // Only the traced bundle can audit while a program runs.
  if (audit !== null) Object.assign(env, { MOULT_AUDIT: String(audit), MOULT_TRACE: '1' });
  return env;
}

/** Runs a program to its end or its timeout. Fails only if the command cannot be started. Output goes to files, as
 *  from a shell: of seeds stdout and stderr into one, so that their order is what a reader would see. */
export async function execute(program: Program, command: Command): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), 'moult-conformance-'));
  const outPath = join(scratch, 'out');
  const errPath = program.kind === 'program' ? join(scratch, 'err') : outPath;
  try {
    const { exitCode, timedOut } = await runTo(program, command, outPath, errPath);
    return { out: decode(readFileSync(outPath)), err: decode(readFileSync(errPath)), exitCode, timedOut };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function runTo(
  program: Program,
  command: Command,
  outPath: string,
  errPath: string,
): Promise<Pick<Outcome, 'exitCode' | 'timedOut'>> {
  const { argv, timeoutMs } = command;
  const stdin = program.stdin === null ? 'ignore' : openSync(program.stdin, 'r');
  const out = openSync(outPath, 'a');
  const err = errPath === outPath ? out : openSync(errPath, 'a');
  try {
    const [file = '', ...own] = argv;
    const child = spawn(file, [...own, ...program.args], {
      cwd: program.folder,
      env: environment(command),
      stdio: [stdin, out, err],
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', (code, signal) => {
        resolve(signal === null || timedOut ? code : -constants.signals[signal]);
      });
    }).finally(() => {
      clearTimeout(timer);
    });
    return { exitCode, timedOut };
  } finally {
    for (const fd of new Set([stdin, out, err])) if (typeof fd === 'number') closeSync(fd);
  }
}
