/** The process that a runtime lives in, and others that it may start. */

/** What a new process is made of. */
export interface ProcessRequest {
  /** The program's file; looked for along no path. */
  readonly executable: string;
  readonly args: readonly string[];
  /** null: as this process. */
  readonly environment: Readonly<Record<string, string>> | null;
  /** null: as this process. */
  readonly folder: string | null;
  /** Descriptors of this process by the number that the new one has for them. */
  readonly descriptors: readonly (readonly [theirs: number, ours: number])[];
  readonly newSession: boolean;
}

/** How a process ended: its exit code, or the signal that ended it. */
export interface ProcessEnd {
  readonly pid: number;
  readonly exitCode: number;
  readonly signal: number;
}

export interface SystemName {
  readonly sysname: string;
  readonly nodename: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
}

export interface HostProcesses {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  readonly gid: number;
  readonly cpuCount: number;
  readonly systemName: SystemName;
  /** User and system time of this process in seconds. */
  times(): readonly [user: number, system: number];
  loadAverage(): readonly number[];
  /** Sets a variable of the environment for processes started from now on; null removes it. */
  setVariable(name: string, value: string | null): void;
  /** Starts a process and returns its number. Throws HostError. */
  start(request: ProcessRequest): number;
  /** Waits for the process (−1: any) to end; null if `block` is false and none has. Throws ECHILD if there is none. */
  wait(pid: number, block: boolean): ProcessEnd | null;
  signal(pid: number, signal: number): void;
  /** Ends this process at once: nothing of the program runs any more. */
  exit(status: number): never;
}
