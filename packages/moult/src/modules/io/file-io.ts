/** `io.FileIO`: a raw stream over a descriptor. Source: CPython 3.12 Modules/_io/fileio.c. */
import { genericAlloc, LayoutKind, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { filesOf } from '../../core/bare-files.ts';
import { call2 } from '../../core/call.ts';
import { caught, mark, none, takeException, typeError, valueError } from '../../core/errors.ts';
import { FileMode, hostErrorCode } from '../../core/host-files.ts';
import { isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import { hasIndex, index, isTrue, reprText, setAttrText } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isInt, isStr, typeFullName } from '../../core/types.ts';
import { parseArguments } from '../arguments.ts';
import { hostCall, hostFiles, raiseErrno, readPath } from '../posix/paths.ts';
import { closeBase, streamDealloc } from './base.ts';
import { inAnyCase, rethrowTemp } from './any-case.ts';
import { finalizingFlag, nameForRepr, refusePickle } from './common-members.ts';
import { rawModeText, readRawMode } from './file-mode.ts';
import type { RawMode } from './file-mode.ts';
import { FileFlag, FileWord } from './layout.ts';
import { fileRead, fileSeek, fileSeekable, fileWrite, openFd, readableFd, writableFd } from './raw-file.ts';
import { warnUnclosed } from './resource-warning.ts';
import { bytesArgument, readOffset, sizeOr, targetArgument } from './support.ts';
import { DEFAULT_BUFFER_SIZE, FILE_IO, RAW_IO_BASE } from './types.ts';
import { Ready, waitReady } from './wait-ready.ts';
import { holdBytes } from '../../objects/bytes/view.ts';
import { joinBytes } from '../../text/join-bytes.ts';

const EBADF = 9;
const EISDIR = 21;
const PERMISSIONS = 0o666;

function newFile(rt: Runtime, type: Ref): Owned {
  const self = genericAlloc(rt, type);
  const H = rt.words;
  H[self + FileWord.Fd] = -1;
  H[self + FileWord.Flags] = FileFlag.CloseFd;
  return self;
}

function flag(rt: Runtime, self: Ref, bit: FileFlag): boolean {
  return (rt.words[self + FileWord.Flags] & bit) !== 0;
}

/** Forgets the descriptor, and closes it if it is this file's own. Raises OSError. */
function closeDescriptor(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const fd = H[self + FileWord.Fd];
  if (fd < 0) return;
  H[self + FileWord.Fd] = -1;
  if (!flag(rt, self, FileFlag.CloseFd)) return;
  hostCall(rt, 0, (files) => {
    files.close(fd);
  });
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const m = tempMark(rt);
  const [file = 0, mode = 0, closefd = 0, opener = 0] = parseArguments(
    rt,
    'FileIO',
    ['file', 'mode', 'closefd', 'opener'],
    1,
    args,
    kwargs,
  );
  if (mode !== 0 && !isStr(rt, mode))
    typeError(rt, `FileIO() argument 'mode' must be str, not ${argumentName(rt, mode)}`);
  initFile(rt, self, file, mode === 0 ? 'r' : strText(rt, mode), closefd === 0 || isTrue(rt, closefd), opener);
  releaseTemps(rt, m);
}

/** Opens `file`, a path or a descriptor; `opener` may be 0 or None. @runsPython */
function initFile(rt: Runtime, self: Ref, file: Ref, modeText: string, closefd: boolean, opener: Ref): void {
  closeDescriptor(rt, self);
  const given = descriptorOf(rt, file);
  const mode = readRawMode(rt, modeText);
  rt.words[self + FileWord.Flags] = mode.can | FileFlag.CloseFd;
  if (given >= 0) {
    if (!closefd) rt.words[self + FileWord.Flags] &= ~FileFlag.CloseFd;
    rt.words[self + FileWord.Fd] = given;
  } else {
    auditOpen(rt, file, modeText, mode.flags);
    if (!closefd) valueError(rt, 'Cannot use closefd=False with file name');
    rt.words[self + FileWord.Fd] = openPath(rt, file, mode, opener);
  }
  const m = mark(rt);
  try {
    examine(rt, self, file);
  } catch (error) {
    caught(rt, error, m);
    if (given >= 0) rt.words[self + FileWord.Fd] = -1;
    else abandon(rt, self);
    rethrowTemp(rt, temp(rt, takeException(rt)));
  }
}

function auditOpen(rt: Runtime, file: Ref, mode: string, flags: number): void {
  if (rt.words[RootRef.AuditHooks] === 0) return;
  const m = tempMark(rt);
  audit(rt, 'open', file, temp(rt, newStr(rt, mode)), temp(rt, newInt(rt, flags)));
  releaseTemps(rt, m);
}

function abandon(rt: Runtime, self: Ref): void {
  const fd = rt.words[self + FileWord.Fd];
  rt.words[self + FileWord.Fd] = -1;
  try {
    hostFiles(rt).close(fd);
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
  }
}

/** A descriptor given as an integer, −1 for anything else: also for one that is no C int, which is then taken for a path. */
function descriptorOf(rt: Runtime, file: Ref): number {
  if (!isInt(rt, file) && !hasIndex(rt, file)) return -1;
  const i = temp(rt, index(rt, file));
  const value = isSafeInt(rt, i) ? safeIntValue(rt, i) : Infinity;
  if (value !== (value | 0)) return -1;
  return value < 0 ? valueError(rt, 'negative file descriptor') : value;
}

function openPath(rt: Runtime, file: Ref, mode: RawMode, opener: Ref): number {
  if (opener !== 0 && opener !== S.None) return callOpener(rt, file, mode.flags, opener);
  const path = readPath(rt, '', file);
  return hostCall(rt, file, (files) => files.open(path.text, mode.flags, PERMISSIONS));
}

function callOpener(rt: Runtime, file: Ref, flags: number, opener: Ref): number {
  const result = temp(rt, call2(rt, opener, file, temp(rt, newInt(rt, flags))));
  if (!isInt(rt, result)) typeError(rt, 'expected integer from opener');
  const fd = safeIntValue(rt, result);
  if (fd < 0) valueError(rt, `opener returned ${fd}`);
  hostCall(rt, 0, (files) => {
    files.setInheritable(fd, false);
  });
  return fd;
}

/** What must be known of a file that was opened: it is no folder; where it ends, for appending. */
function examine(rt: Runtime, self: Ref, file: Ref): void {
  const fd = rt.words[self + FileWord.Fd];
  rt.words[self + FileWord.BlockSize] = DEFAULT_BUFFER_SIZE;
  try {
    const status = filesOf(rt.host).statusOf(fd);
    if ((status.mode & FileMode.Type) === (FileMode.Folder as number)) raiseErrno(rt, EISDIR, file);
    if (status.blksize > 1) rt.words[self + FileWord.BlockSize] = status.blksize;
  } catch (error) {
    const code = hostErrorCode(error);
    if (code === null) throw error;
    if (code === 'EBADF') raiseErrno(rt, EBADF, 0);
  }
  setAttrText(rt, self, 'name', file);
  if (flag(rt, self, FileFlag.Appending)) toEnd(rt, fd);
}

function toEnd(rt: Runtime, fd: number): void {
  try {
    hostFiles(rt).seek(fd, 0, 2);
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
  }
}

/** Warns of a file that nobody closed. */
function warnOpen(rt: Runtime, self: Ref, source: Ref): void {
  if (rt.words[self + FileWord.Fd] < 0 || !flag(rt, self, FileFlag.CloseFd)) return;
  const m = tempMark(rt);
  warnUnclosed(rt, source, `unclosed file ${reprText(rt, source)}`);
  releaseTemps(rt, m);
}

/** Source: CPython 3.12 _io_FileIO_close_impl. */
function close(rt: Runtime, self: Ref): Owned {
  return inAnyCase(
    rt,
    () => {
      temp(rt, closeBase(rt, self));
    },
    () => {
      if (!flag(rt, self, FileFlag.CloseFd)) rt.words[self + FileWord.Fd] = -1;
      if (flag(rt, self, FileFlag.Finalizing)) warnOpen(rt, self, self);
      closeDescriptor(rt, self);
      return none();
    },
  );
}

function read(rt: Runtime, self: Ref, size: Ref): Owned {
  readableFd(rt, self);
  const n = sizeOr(rt, size, -1);
  if (n < 0) return readAll(rt, self);
  const data = fileRead(rt, self, Math.min(n, 0x7fffffff));
  return data === null ? none() : newBytes(rt, data);
}

const LARGE = 1 << 20;

/** All that is left; null if nothing is there yet. */
export function fileReadAll(rt: Runtime, self: Ref): Uint8Array | null {
  const fd = readableFd(rt, self);
  const parts: Uint8Array[] = [];
  let size = guessRest(rt, fd);
  for (;;) {
    const part = fileRead(rt, self, size);
    if (part === null && parts.length === 0) return null;
    if (part === null || part.length === 0) break;
    parts.push(part);
    size = Math.max(Math.min(size, LARGE), DEFAULT_BUFFER_SIZE);
  }
  return joinBytes(parts);
}

/** One byte more than what the file seems to have left. */
function guessRest(rt: Runtime, fd: number): number {
  try {
    const files = hostFiles(rt);
    const rest = files.statusOf(fd).size - files.seek(fd, 0, 1);
    return rest >= 0 && rest < 0x7fffffff ? rest + 1 : DEFAULT_BUFFER_SIZE;
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return DEFAULT_BUFFER_SIZE;
  }
}

function readAll(rt: Runtime, self: Ref): Owned {
  const data = fileReadAll(rt, self);
  return data === null ? none() : newBytes(rt, data);
}

function readinto(rt: Runtime, self: Ref, buffer: Ref): Owned {
  readableFd(rt, self);
  const target = targetArgument(rt, buffer, 'readinto');
  holdBytes(rt, buffer, 1);
  try {
    const data = fileRead(rt, self, target.length);
    if (data === null) return none();
    target.set(data);
    return newInt(rt, data.length);
  } finally {
    holdBytes(rt, buffer, -1);
  }
}

function write(rt: Runtime, self: Ref, data: Ref): Owned {
  waitReady(rt, writableFd(rt, self), Ready.Write);
  const count = fileWrite(rt, self, bytesArgument(rt, data));
  return count === null ? none() : newInt(rt, count);
}

function seek(rt: Runtime, self: Ref, pos: Ref, whence: Ref): Owned {
  openFd(rt, self);
  return newInt(rt, fileSeek(rt, self, readOffset(rt, pos), whence === 0 ? 0 : sizeOr(rt, whence, 0)));
}

function truncate(rt: Runtime, self: Ref, size: Ref): Owned {
  const fd = writableFd(rt, self);
  const length = size === 0 || size === S.None ? fileSeek(rt, self, 0, 1) : readOffset(rt, size);
  if (length < 0) raiseErrno(rt, 22, 0);
  hostCall(rt, 0, (files) => {
    files.resize(fd, length);
  });
  return newInt(rt, length);
}

/** Source: CPython 3.12 fileio_repr. */
function repr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const type = typeFullName(rt, FILE_IO);
  if (H[self + FileWord.Fd] < 0) return newStr(rt, `<${type} [closed]>`);
  const tail = `mode='${rawModeText(H[self + FileWord.Flags])}' closefd=${flag(rt, self, FileFlag.CloseFd) ? 'True' : 'False'}>`;
  return newStr(rt, `<${type}${nameForRepr(rt, self) || ` fd=${H[self + FileWord.Fd]}`} ${tail}`);
}

/** As isatty(3): what is not open is no terminal. */
function isTerminal(rt: Runtime, fd: number): boolean {
  try {
    return hostFiles(rt).isTerminal(fd);
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return false;
  }
}

function isatty(rt: Runtime, self: Ref): Owned {
  const fd = openFd(rt, self);
  return pyBool(isTerminal(rt, fd)) as Owned;
}

/** A method that answers whether the open file can do something. */
const can =
  (bit: FileFlag) =>
  (rt: Runtime, self: Ref): Owned => {
    openFd(rt, self);
    return pyBool(flag(rt, self, bit)) as Owned;
  };

defineType({
  ref: FILE_IO,
  name: '_io.FileIO',
  heapType: 'immutable',
  base: RAW_IO_BASE,
  basicSize: 48,
  words: FileWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: [FileWord.Dict],
  dealloc: streamDealloc(FileWord.WeakList, [FileWord.Dict], () => undefined),
  dictWord: FileWord.Dict,
  weakListWord: FileWord.WeakList,
  doc:
    "FileIO(file, mode='r', closefd=True, opener=None)\n--\n\n" +
    "Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading,\nwriting, exclusive creation or appending.  The file will be created if it\n" +
    "doesn't exist when opened for writing or appending; it will be truncated\nwhen opened for writing.  A FileExistsError will be raised if it already\n" +
    "exists when opened for creating. Opening a file for creating implies\nwriting so this mode behaves in a similar way to 'w'.Add a '+' to the mode\n" +
    'to allow simultaneous reading and writing. A custom opener can be used by\npassing a callable as *opener*. The underlying file descriptor for the file\n' +
    'object is then obtained by calling opener with (*name*, *flags*).\n*opener* must return an open file descriptor (passing os.open as *opener*\n' +
    'results in functionality similar to passing None).',
  slots: { new: (rt, type) => newFile(rt, type), init, repr },
  methods: [
    native('read($self, size=-1, /)', read),
    native('readall($self, /)', readAll),
    native('readinto($self, buffer, /)', readinto),
    native('write($self, b, /)', write),
    native('seek($self, pos, whence=0, /)', seek),
    native('tell($self, /)', (rt, self) => newInt(rt, fileSeek(rt, self, 0, 1))),
    native('truncate($self, size=None, /)', truncate),
    native('close($self, /)', close),
    native('seekable($self, /)', (rt, self) => pyBool(fileSeekable(rt, self)) as Owned),
    native('readable($self, /)', can(FileFlag.Readable)),
    native('writable($self, /)', can(FileFlag.Writable)),
    native('fileno($self, /)', (rt, self) => newInt(rt, openFd(rt, self))),
    native('isatty($self, /)', isatty),
    native(
      '_dealloc_warn($self, source, /)',
      (rt, self, source = 0) => {
        warnOpen(rt, self, source);
        return none();
      },
      { unsigned: true },
    ),
    ...refusePickle(),
  ],
  getset: [
    getset(
      'closed',
      (rt, self) => pyBool(rt.words[self + FileWord.Fd] < 0) as Owned,
      null,
      'True if the file is closed',
    ),
    getset('closefd', (rt, self) => pyBool(flag(rt, self, FileFlag.CloseFd)) as Owned),
    getset('mode', (rt, self) => newStr(rt, rawModeText(rt.words[self + FileWord.Flags]))),
    getset(
      '_blksize',
      (rt, self) => newInt(rt, rt.words[self + FileWord.BlockSize]),
      (rt, self, value) => {
        rt.words[self + FileWord.BlockSize] = sizeOr(rt, value, 0);
      },
    ),
    finalizingFlag(FileWord.Flags, FileFlag.Finalizing),
  ],
});
