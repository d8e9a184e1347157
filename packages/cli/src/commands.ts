/** What Node itself cannot do and a command of the system can. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError } from 'moult';

let names = 0;

/** A path that nothing else uses. */
export function temporaryName(): string {
  return join(tmpdir(), `moult-${process.pid}-${names++}`);
}

/** What a command prints; standard input is a descriptor of Node's. Throws ENOSYS if it cannot be run. */
export function commandOutput(command: string, args: readonly string[], input: number): string {
  const { stdout, status } = spawnSync(command, args, { stdio: [input, 'pipe', 'ignore'] });
  if (status !== 0) throw new HostError('ENOSYS');
  return stdout.toString();
}

/** Makes a named pipe. */
export function makeFifo(path: string | Buffer, mode: number): void {
  const { status } = spawnSync('mkfifo', ['-m', mode.toString(8), '--', path.toString()], { stdio: 'ignore' });
  if (status !== 0) throw new HostError(status === null ? 'ENOSYS' : 'EACCES');
}
