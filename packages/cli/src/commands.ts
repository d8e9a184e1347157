/** What Node itself cannot do and a command of the system can. */
import { spawnSync } from 'node:child_process';
import { unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError } from 'moult';

/** A path that nothing else uses. */
function temporaryName(): string {
  return join(tmpdir(), `moult-${crypto.randomUUID()}`);
}

/** What a command prints; standard input is a descriptor of Node's. Throws ENOSYS if it cannot be run. */
export function commandOutput(command: string, args: readonly string[], input: number): string {
  const { stdout, status } = spawnSync(command, args, { stdio: [input, 'pipe', 'ignore'] });
  if (status !== 0) throw new HostError('ENOSYS');
  return stdout.toString();
}

/** Named pipes made ahead: one command makes several. */
const ready: string[] = [];
const AHEAD = 8;
/** Whether those left over will be removed at the end. */
let forgets = false;

/** The path of a named pipe that nothing else uses; to be unlinked. */
export function takeFifo(): string {
  if (ready.length === 0) {
    const paths = Array.from({ length: AHEAD }, temporaryName);
    run(['-m', '600', '--', ...paths]);
    if (!forgets) process.once('exit', forgetFifos);
    forgets = true;
    ready.push(...paths);
  }
  return ready.shift() ?? '';
}

function forgetFifos(): void {
  for (const path of ready.splice(0)) unlinkSync(path);
}

/** Makes a named pipe. */
export function makeFifo(path: string | Buffer, mode: number): void {
  run(['-m', mode.toString(8), '--', path.toString()]);
}

function run(args: readonly string[]): void {
  const { status } = spawnSync('mkfifo', args, { stdio: 'ignore' });
  if (status !== 0) throw new HostError(status === null ? 'ENOSYS' : 'EACCES');
}
