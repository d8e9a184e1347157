/**
 * Starting processes, and waiting for them, from a thread that never turns its event loop: a worker of its own does both. Requests go to it
 * as messages; answers are taken from the port when the counter in shared memory has moved.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

interface SpawnRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Node's descriptor for each of the child's, null: `/dev/null`. */
  readonly descriptors: readonly (number | null)[];
  readonly newSession: boolean;
}

/** What the worker says. */
interface Answer {
  /** Of a start: the process, or why there is none. */
  readonly pid?: number;
  readonly failure?: string;
  /** Of an end. */
  readonly ended?: number;
  readonly exitCode?: number | null;
  readonly signal?: string | null;
}

export interface Ended {
  readonly pid: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** The worker's program: plain JavaScript, as it is not bundled. */
const PROGRAM = `
const { workerData } = require('node:worker_threads');
const { spawn } = require('node:child_process');
const { port, counter } = workerData;
const say = (answer) => {
  port.postMessage(answer);
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
};
port.on('message', ({ file, args, environment, folder, descriptors, newSession }) => {
  let child;
  try {
    child = spawn(file, args.slice(1), {
      argv0: args[0], env: environment, cwd: folder, detached: newSession,
      stdio: descriptors.map((fd) => (fd === null ? 'ignore' : fd)),
    });
  } catch (error) {
    say({ failure: error.code || 'EINVAL' });
    return;
  }
  if (child.pid === undefined) {
    child.on('error', (error) => say({ failure: error.code || 'EIO' }));
    return;
  }
  child.on('error', () => undefined);
  child.on('exit', (exitCode, signal) => say({ ended: child.pid, exitCode, signal }));
  say({ pid: child.pid });
});
`;

const ANSWER_MS = 50;

export class Spawner {
  private readonly counter = new Int32Array(new SharedArrayBuffer(4));
  private readonly port: MessagePort;
  private readonly worker: Worker;
  private readonly finished: Ended[] = [];
  private readonly running = new Set<number>();

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = new Worker(PROGRAM, {
      eval: true,
      workerData: { port: port2, counter: this.counter },
      transferList: [port2],
      stdout: false,
    });
    this.worker.unref();
    this.port.unref();
  }

  /** Starts a process and returns its number, or the name of the error. */
  start(request: SpawnRequest): number | string {
    this.port.postMessage(request);
    for (;;) {
      const answer = this.next(ANSWER_MS);
      if (answer?.failure !== undefined) return answer.failure;
      if (answer?.pid === undefined) continue;
      this.running.add(answer.pid);
      return answer.pid;
    }
  }

  /** Whether there are processes that nobody has waited for. */
  hasChildren(pid: number): boolean {
    return pid > 0
      ? this.running.has(pid) || this.finished.some((end) => end.pid === pid)
      : this.running.size + this.finished.length > 0;
  }

  /** The end of a process (−1: of any), null if none came within `milliseconds`. */
  ended(pid: number, milliseconds: number): Ended | null {
    for (let first = true; ; first = false) {
      const at = this.finished.findIndex((end) => pid <= 0 || end.pid === pid);
      if (at >= 0) return this.finished.splice(at, 1)[0] ?? null;
      if (this.next(first ? milliseconds : 0) === null) return null;
    }
  }

  /** The next answer, waited for; ends are remembered. */
  private next(milliseconds: number): Answer | null {
    const before = Atomics.load(this.counter, 0);
    let received = receiveMessageOnPort(this.port) as { message: Answer } | undefined;
    if (received === undefined && milliseconds > 0) {
      Atomics.wait(this.counter, 0, before, milliseconds);
      received = receiveMessageOnPort(this.port) as { message: Answer } | undefined;
    }
    if (received === undefined) return null;
    const { message } = received;
    if (message.ended !== undefined) {
      this.running.delete(message.ended);
      this.finished.push({ pid: message.ended, exitCode: message.exitCode ?? null, signal: message.signal ?? null });
    }
    return message;
  }
}
