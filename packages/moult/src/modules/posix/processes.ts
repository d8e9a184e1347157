/** The functions of `os` that start processes and wait for them. */
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { HostError } from '../../core/host-files.ts';
import type { HostProcesses, ProcessEnd } from '../../core/host-processes.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { readInt } from './descriptors.ts';
import { hostCall, readPath } from './paths.ts';

const NO_HANG = 1;
const SHELL = '/bin/sh';

/** The host's processes. Raises OSError where it has none. */
function processes(rt: Runtime): HostProcesses {
  const found = rt.host?.processes;
  return (
    found ??
    hostCall(rt, 0, () => {
      throw new HostError('ENOSYS');
    })
  );
}

/** The status word of a process's end. */
const statusOf = ({ exitCode, signal }: ProcessEnd): number => (signal === 0 ? (exitCode & 0xff) << 8 : signal);

const termSignal = (status: number): number => status & 0x7f;
const exitStatus = (status: number): number => (status >> 8) & 0xff;
const isExited = (status: number): boolean => termSignal(status) === 0;
const isStopped = (status: number): boolean => (status & 0xff) === 0x7f;
const isSignaled = (status: number): boolean => !isExited(status) && !isStopped(status);

/** `os._exit`: no exit callback, no finalizer, nothing flushed. */
function exit(rt: Runtime, _module: Ref, status: Ref): Owned {
  const code = readInt(rt, status);
  return processes(rt).exit(code);
}

function waitFor(rt: Runtime, pid: number, options: number): Owned {
  const host = processes(rt);
  const end = hostCall(rt, 0, () => host.wait(pid, (options & NO_HANG) === 0));
  const [number, status] = end === null ? [0, 0] : [end.pid, statusOf(end)];
  return tupleOf(rt, temp(rt, newInt(rt, number)), temp(rt, newInt(rt, status)));
}

function waitpid(rt: Runtime, _module: Ref, pid: Ref, options: Ref): Owned {
  return waitFor(rt, readInt(rt, pid), readInt(rt, options));
}

/** Runs a command in the shell. */
function system(rt: Runtime, _module: Ref, command: Ref): Owned {
  const { text } = readPath(rt, 'system', command);
  const host = processes(rt);
  const end = hostCall(rt, 0, () => {
    const descriptors = [0, 1, 2].map((fd) => [fd, fd] as const);
    const args = ['sh', '-c', text];
    const pid = host.start({
      executable: SHELL,
      args,
      environment: null,
      folder: null,
      descriptors,
      newSession: false,
    });
    return host.wait(pid, true);
  });
  return newInt(rt, end === null ? 0 : statusOf(end));
}

/** Source: CPython 3.12 os_waitstatus_to_exitcode_impl. */
function toExitCode(rt: Runtime, _module: Ref, statusArg: Ref): Owned {
  const status = readInt(rt, statusArg);
  if (isExited(status)) return newInt(rt, exitStatus(status));
  if (isSignaled(status)) return newInt(rt, -termSignal(status));
  return valueError(
    rt,
    isStopped(status)
      ? `process stopped by delivery of signal ${exitStatus(status)}`
      : `invalid wait status: ${status}`,
  );
}

const asks =
  (ask: (status: number) => boolean): NativeFunction =>
  (rt, _module, status = 0) =>
    pyBool(ask(readInt(rt, status))) as Owned;
const gives =
  (give: (status: number) => number): NativeFunction =>
  (rt, _module, status = 0) =>
    newInt(rt, give(readInt(rt, status)));

export const PROCESS_FUNCTIONS = [
  native('waitpid($module, pid, options, /)', waitpid),
  native('wait($module, /)', (rt) => waitFor(rt, -1, 0)),
  native('system($module, /, command)', system),
  native('_exit($module, /, status)', exit),
  native('waitstatus_to_exitcode($module, /, status)', toExitCode),
  native('WIFEXITED($module, /, status)', asks(isExited)),
  native('WIFSIGNALED($module, /, status)', asks(isSignaled)),
  native('WIFSTOPPED($module, /, status)', asks(isStopped)),
  native(
    'WIFCONTINUED($module, /, status)',
    asks((status) => status === 0xffff),
  ),
  native(
    'WCOREDUMP($module, status, /)',
    asks((status) => (status & 0x80) !== 0),
  ),
  native('WEXITSTATUS($module, /, status)', gives(exitStatus)),
  native('WTERMSIG($module, /, status)', gives(termSignal)),
  native('WSTOPSIG($module, /, status)', gives(exitStatus)),
];
