/** What `FileIO` does with its descriptor; buffered streams come here directly when their raw stream is exactly a `FileIO`. */
import type { Ref } from '@moult/heap';
import { hostErrorCode } from '../../core/host-files.ts';
import type { Runtime } from '../../core/runtime.ts';
import { hostCall, hostFiles } from '../posix/paths.ts';
import { FileFlag, FileWord } from './layout.ts';
import { closedError, unsupported } from './support.ts';
import { countHostCall, Ready, waitReady } from './wait-ready.ts';

/** The open descriptor. Raises ValueError if the file is closed. */
export function openFd(rt: Runtime, self: Ref): number {
  const fd = rt.words[self + FileWord.Fd];
  return fd < 0 ? closedError(rt, 'I/O operation on closed file') : fd;
}

function requireFlag(rt: Runtime, self: Ref, flag: FileFlag, action: string): number {
  const fd = openFd(rt, self);
  if ((rt.words[self + FileWord.Flags] & flag) === 0) unsupported(rt, `File not open for ${action}`);
  return fd;
}

/** True if the file is open for reading. */
export function isReadable(rt: Runtime, self: Ref): boolean {
  return rt.words[self + FileWord.Fd] >= 0 && (rt.words[self + FileWord.Flags] & FileFlag.Readable) !== 0;
}

/** The descriptor, to be read from. */
export function readableFd(rt: Runtime, self: Ref): number {
  return requireFlag(rt, self, FileFlag.Readable, 'reading');
}

export function writableFd(rt: Runtime, self: Ref): number {
  return requireFlag(rt, self, FileFlag.Writable, 'writing');
}

/** Calls the host; null where it would have to wait. */
function unlessBusy<R>(rt: Runtime, action: () => R): R | null {
  try {
    return action();
  } catch (error) {
    if (hostErrorCode(error) === 'EAGAIN') return null;
    return hostCall(rt, 0, () => {
      throw error;
    });
  }
}

/** Up to `n` bytes; null if there are none yet. @runsPython while other threads run */
export function fileRead(rt: Runtime, self: Ref, n: number): Uint8Array | null {
  waitReady(rt, readableFd(rt, self), Ready.Read);
  countHostCall(rt);
  const fd = readableFd(rt, self);
  return unlessBusy(rt, () => hostFiles(rt).read(fd, n));
}

/** How many bytes were taken; null if none can be now. */
export function fileWrite(rt: Runtime, self: Ref, data: Uint8Array): number | null {
  const fd = writableFd(rt, self);
  countHostCall(rt);
  return unlessBusy(rt, () => hostFiles(rt).write(fd, data));
}

export function fileSeek(rt: Runtime, self: Ref, offset: number, whence: number): number {
  const fd = openFd(rt, self);
  return hostCall(rt, 0, (files) => files.seek(fd, offset, whence));
}

/** Whether the descriptor has a position; asked once. */
export function fileSeekable(rt: Runtime, self: Ref): boolean {
  const fd = openFd(rt, self);
  const H = rt.words;
  if ((H[self + FileWord.Flags] & FileFlag.SeekKnown) === 0) {
    H[self + FileWord.Flags] |= FileFlag.SeekKnown | (canSeek(rt, fd) ? FileFlag.Seekable : 0);
  }
  return (H[self + FileWord.Flags] & FileFlag.Seekable) !== 0;
}

function canSeek(rt: Runtime, fd: number): boolean {
  try {
    hostFiles(rt).seek(fd, 0, 1);
    return true;
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return false;
  }
}
