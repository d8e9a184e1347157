/** The module `_posixsubprocess`: `fork_exec` by the host, which starts processes without forking this one. */
import type { Owned, Ref } from '@moult/heap';
import { raise, runtimeError, valueError } from '../core/errors.ts';
import { hostErrorCode } from '../core/host-files.ts';
import type { HostProcesses, ProcessRequest } from '../core/host-processes.ts';
import { newInt } from '../core/int.ts';
import { listFromIterable, listItem, listLength } from '../core/list.ts';
import { defineModule } from '../core/module-spec.ts';
import { nativeRaw } from '../core/native.ts';
import { isTrue } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { asSsize } from '../core/ssize.ts';
import { S, T } from '../core/static.ts';
import { temp } from '../core/temps.ts';
import { errorNumber } from './errno.ts';
import { hostFiles, pathText, raiseErrno } from './posix/paths.ts';

/** `ENOSYS` */
const NOT_IMPLEMENTED = 38;

/** Places of `fork_exec`'s arguments. */
const enum Arg {
  Args = 0,
  Executables = 1,
  CloseFds = 2,
  Keep = 3,
  Folder = 4,
  Environment = 5,
  ToChild = 6,
  FromChild = 9,
  ErrorsOfChild = 11,
  Report = 13,
  NewSession = 15,
  Group = 16,
  Gid = 17,
  Groups = 18,
  Uid = 19,
  Umask = 20,
  Before = 21,
  Count = 23,
}

/** A process that never was: its number is no process's. */
const NOBODY = 0x7ffffffe;

function texts(rt: Runtime, sequence: Ref): string[] {
  const list = temp(rt, listFromIterable(rt, sequence));
  return Array.from({ length: listLength(rt, list) }, (_, i) => checkedText(rt, listItem(rt, list, i)));
}

function checkedText(rt: Runtime, o: Ref): string {
  const text = pathText(rt, o);
  return text.includes('\0') ? valueError(rt, 'embedded null byte') : text;
}

function environmentOf(rt: Runtime, list: Ref): Record<string, string> | null {
  if (list === S.None) return null;
  return Object.fromEntries(texts(rt, list).map((entry) => splitAt(entry, entry.indexOf('=', 1))));
}

function splitAt(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The descriptors of the new process: the three standard ones, and those to keep. */
function descriptorsOf(rt: Runtime, at: (i: number) => Ref, report: number): [number, number][] {
  const number = (i: number): number => asSsize(rt, at(i));
  const standard = [number(Arg.ToChild), number(Arg.FromChild), number(Arg.ErrorsOfChild)];
  const found = standard.flatMap((fd, i): [number, number][] => {
    const ours = fd === -1 ? i : fd;
    return isOpen(rt, ours) ? [[i, ours]] : [];
  });
  const keep = temp(rt, listFromIterable(rt, at(Arg.Keep)));
  for (let i = 0; i < listLength(rt, keep); i++) {
    const fd = asSsize(rt, listItem(rt, keep, i));
    if (fd > 2 && fd !== report && isOpen(rt, fd)) found.push([fd, fd]);
  }
  if (!isTrue(rt, at(Arg.CloseFds))) addInheritable(rt, found);
  return found;
}

function addInheritable(rt: Runtime, found: [number, number][]): void {
  for (let fd = 3; fd < 256; fd++) {
    if (isOpen(rt, fd) && hostFiles(rt).isInheritable(fd) && !found.some(([theirs]) => theirs === fd))
      found.push([fd, fd]);
  }
}

function isOpen(rt: Runtime, fd: number): boolean {
  try {
    hostFiles(rt).statusOf(fd);
    return true;
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return false;
  }
}

/** What cannot be done between a fork and an exec that never happen here. */
function refuseTheRest(rt: Runtime, at: (i: number) => Ref): void {
  if (at(Arg.Before) !== S.None) raise(rt, T.NotImplementedError, 'preexec_fn is not supported: no process is forked');
  for (const [i, name] of [
    [Arg.Gid, 'group'],
    [Arg.Groups, 'extra_groups'],
    [Arg.Uid, 'user'],
  ] as const) {
    if (at(i) !== S.None) raise(rt, T.NotImplementedError, `${name} is not supported: no process is forked`);
  }
  if (asSsize(rt, at(Arg.Umask)) >= 0) raise(rt, T.NotImplementedError, 'umask is not supported: no process is forked');
}

/** Starts the first of the executables that is there. Failures are told through the pipe, as a forked process would.
 *  Source: CPython 3.12 subprocess_fork_exec, child_exec. */
function forkExec(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  if (nargs !== (Arg.Count as number))
    raise(rt, T.TypeError, `fork_exec expected ${Arg.Count} arguments, got ${nargs}`);
  const processes = rt.host?.processes;
  if (processes === undefined) raiseErrno(rt, NOT_IMPLEMENTED, 0);
  const at = (i: number): Ref => rt.words[args + i];
  const report = asSsize(rt, at(Arg.Report));
  refuseTheRest(rt, at);
  const folder = at(Arg.Folder) === S.None ? null : checkedText(rt, at(Arg.Folder));
  const request = {
    args: texts(rt, at(Arg.Args)),
    environment: environmentOf(rt, at(Arg.Environment)),
    folder,
    descriptors: descriptorsOf(rt, at, report),
    newSession: isTrue(rt, at(Arg.NewSession)),
  };
  if (asSsize(rt, at(Arg.Group)) > 0) runtimeError(rt, 'process_group is not supported: no process is forked');
  const failure = folder === null ? null : folderFailure(rt, folder);
  if (failure !== null) return tell(rt, report, failure, 'noexec:chdir');
  const started = startFirst(processes, request, texts(rt, at(Arg.Executables)));
  return typeof started === 'number' ? newInt(rt, started) : tell(rt, report, started, '');
}

function folderFailure(rt: Runtime, folder: string): string | null {
  try {
    return (hostFiles(rt).status(folder, true).mode & 0o170000) === 0o040000 ? null : 'ENOTDIR';
  } catch (error) {
    return hostErrorCode(error) ?? 'EIO';
  }
}

/** The number of the process, or the name of the last error that says more than that a file is missing. */
function startFirst(
  processes: HostProcesses,
  request: Omit<ProcessRequest, 'executable'>,
  executables: readonly string[],
): number | string {
  let failure = 'ENOENT';
  for (const executable of executables) {
    try {
      return processes.start({ ...request, executable });
    } catch (error) {
      const code = hostErrorCode(error);
      if (code === null) throw error;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') failure = code;
    }
  }
  return failure;
}

/** Writes what a child that could not begin writes, and gives a process that has ended. */
function tell(rt: Runtime, report: number, failure: string, detail: string): Owned {
  const text = `OSError:${errorNumber(failure).toString(16).toUpperCase()}:${detail}`;
  hostFiles(rt).write(report, new TextEncoder().encode(text));
  return newInt(rt, NOBODY);
}

defineModule({
  name: '_posixsubprocess',
  doc: 'A POSIX helper for the subprocess module.',
  functions: [nativeRaw('fork_exec', forkExec)],
});
