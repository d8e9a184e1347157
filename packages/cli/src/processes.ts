/** The process and its children on Node. */
import { constants, cpus, hostname, loadavg, machine, release, type, version } from 'node:os';
import { HostError } from 'moult';
import type { HostProcesses, ProcessEnd, ProcessRequest, SystemName } from 'moult';
import type { NodeFiles } from './node-files/files.ts';
import { Spawner } from './spawner.ts';

/** How long to wait for an end before pipes are looked at again. */
const WAIT_MS = 20;

export class NodeProcesses implements HostProcesses {
  readonly pid = process.pid;
  readonly parentPid = process.ppid;
  readonly uid = process.getuid?.() ?? 0;
  readonly gid = process.getgid?.() ?? 0;
  private spawner: Spawner | null = null;
  private readonly files: NodeFiles;
  private readonly interrupted: () => boolean;

  /** `interrupted` tells whether the user has pressed Ctrl-C. */
  constructor(files: NodeFiles, interrupted: () => boolean) {
    this.files = files;
    this.interrupted = interrupted;
  }

  get cpuCount(): number {
    return cpus().length;
  }

  get systemName(): SystemName {
    return { sysname: type(), nodename: hostname(), release: release(), version: version(), machine: machine() };
  }

  /** In a worker this ends the thread; its exit code becomes the process's. */
  exit(status: number): never {
    process.exit(status & 0xff);
  }

  times(): readonly [number, number] {
    const { user, system } = process.cpuUsage();
    return [user / 1e6, system / 1e6];
  }

  loadAverage(): readonly number[] {
    return loadavg();
  }

  setVariable(name: string, value: string | null): void {
    if (value === null) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }

  start(request: ProcessRequest): number {
    this.spawner ??= new Spawner();
    const { executable, args, environment, folder, newSession } = request;
    const descriptors: (number | null)[] = [];
    for (const [theirs, ours] of request.descriptors) {
      while (descriptors.length <= theirs) descriptors.push(null);
      descriptors[theirs] = this.files.realDescriptor(ours);
    }
    const result = this.spawner.start({
      file: executable,
      args,
      environment: environment ?? (process.env as Record<string, string>),
      folder: this.files.full(folder ?? this.files.workingFolder()).toString(),
      descriptors,
      newSession,
    });
    if (typeof result === 'string') throw new HostError(result);
    return result;
  }

  wait(pid: number, block: boolean): ProcessEnd | null {
    const { spawner } = this;
    if (spawner === null || !spawner.hasChildren(pid)) throw new HostError('ECHILD');
    for (;;) {
      const end = spawner.ended(pid, block ? WAIT_MS : 0);
      this.files.writeQueued();
      if (end !== null) return { pid: end.pid, exitCode: end.exitCode ?? 0, signal: signalNumber(end.signal) };
      if (!block) return null;
      if (this.interrupted()) throw new HostError('EINTR');
    }
  }

  signal(pid: number, signal: number): void {
    process.kill(pid, signal);
  }
}

function signalNumber(name: string | null): number {
  return name === null ? 0 : (constants.signals[name as NodeJS.Signals] ?? 0);
}
