/** The module `posix`, as far as the host gives: what `os` and `os.path` are built on. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictSet, dictSetText, newDict } from '../../core/dict/index.ts';
import { none, raise, typeError } from '../../core/errors.ts';
import type { FileStatus } from '../../core/host.ts';
import { newFloat, newInt, safeIntValue } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes, newStr } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isBytes, isInt, isStr, kindName, typeName } from '../../core/types.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { errorText } from '../errno.ts';
import { setTake } from '../make.ts';
import { check, pathText, raiseOsError } from './paths.ts';

const STAT_RESULT = defineStructSeq(
  moduleType(),
  'os.stat_result',
  ['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime', 'st_ctime'],
  'stat_result: Result from stat, fstat, or lstat.',
);
const UNAME_RESULT = defineStructSeq(
  moduleType(),
  'posix.uname_result',
  ['sysname', 'nodename', 'release', 'version', 'machine'],
  'uname_result: Result from os.uname().',
);
const TERMINAL_SIZE = defineStructSeq(moduleType(), 'os.terminal_size', ['columns', 'lines'], 'A tuple of (columns, lines) for holding terminal window size');

const FOLDER_MODE = 0o40755;
const FILE_MODE = 0o100644;

/** A host that only tells files from folders still has a status for them. */
function statusOf(rt: Runtime, path: string, follow: boolean): FileStatus | string {
  const kind = rt.host?.statPath?.(path) ?? null;
  const full = rt.host?.fileStatus?.(path, follow);
  if (full !== undefined && (typeof full !== 'string' || kind === null)) return full;
  if (kind === null) return 'ENOENT';
  const size = kind === 'file' ? (rt.host?.readFile?.(path)?.length ?? 0) : 0;
  const mode = kind === 'file' ? FILE_MODE : FOLDER_MODE;
  return { mode, ino: 0, dev: 0, nlink: 1, uid: 0, gid: 0, size, atime: 0, mtime: 0, ctime: 0 };
}

function stat(follow: boolean): (rt: Runtime, module: Ref, path: Ref) => Owned {
  return (rt, _module, path) => {
    if (isInt(rt, path)) return newStat(rt, fdStatus(safeIntValue(rt, path)));
    const text = pathText(rt, path, 'stat: path should be string, bytes, os.PathLike or integer');
    const status = statusOf(rt, text, follow);
    return typeof status === 'string' ? raiseOsError(rt, status, text) : newStat(rt, status);
  };
}

function fdStatus(_fd: number): FileStatus {
  return { mode: 0o20620, ino: 0, dev: 0, nlink: 1, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0, ctime: 0 };
}

function newStat(rt: Runtime, s: FileStatus): Owned {
  const numbers = [s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size].map((n) => newInt(rt, n));
  return newStructSeq(rt, STAT_RESULT, [...numbers, newFloat(rt, s.atime), newFloat(rt, s.mtime), newFloat(rt, s.ctime)]);
}

function folder(rt: Runtime): string {
  return rt.host?.workingFolder?.() ?? '/';
}

function listdir(rt: Runtime, _module: Ref, path: Ref): Owned {
  const text = path === 0 || path === S.None ? '.' : pathText(rt, path);
  const names = rt.host?.listFolder?.(text) ?? null;
  if (names === null) raiseOsError(rt, rt.host?.statPath?.(text) === 'file' ? 'ENOTDIR' : 'ENOENT', text);
  const list = temp(rt, newList(rt, 0));
  const asBytes = path !== 0 && isBytes(rt, path);
  for (const name of names) listAppendTake(rt, list, asBytes ? newBytes(rt, new TextEncoder().encode(name)) : newStr(rt, name));
  return untemp(rt, list);
}

function environ(rt: Runtime): Owned {
  const dict = temp(rt, newDict(rt));
  const encoder = new TextEncoder();
  for (const [name, value] of Object.entries(rt.host?.environment?.() ?? {})) {
    const key = temp(rt, newBytes(rt, encoder.encode(name)));
    const data = temp(rt, newBytes(rt, encoder.encode(value)));
    dictSet(rt, dict, key, data);
    dropTemp(rt, data);
    dropTemp(rt, key);
  }
  return untemp(rt, dict);
}

/** Random bytes; from a fixed sequence when the host has none. */
function urandom(rt: Runtime, _module: Ref, size: Ref): Owned {
  const data = new Uint8Array(asSsize(rt, size));
  for (let i = 0; i < data.length; i += 65536) crypto.getRandomValues(data.subarray(i, i + 65536));
  return newBytes(rt, data);
}

function fspath(rt: Runtime, _module: Ref, path: Ref): Owned {
  if (isStr(rt, path) || isBytes(rt, path)) return newRef(rt, path);
  const method = lookupAttrText(rt, rt.words[path + ObjectWord.Type], '__fspath__');
  if (method === 0) typeError(rt, `expected str, bytes or os.PathLike object, not ${kindName(rt, path)}`);
  dropTemp(rt, temp(rt, method));
  const bound = temp(rt, lookupAttrText(rt, path, '__fspath__') as Owned);
  const result = temp(rt, call0(rt, bound));
  if (!isStr(rt, result) && !isBytes(rt, result)) {
    typeError(rt, `expected ${typeName(rt, rt.words[path + ObjectWord.Type])}.__fspath__() to return str or bytes, not ${kindName(rt, result)}`);
  }
  return untemp(rt, result);
}

/** `os.write` to the standard streams. */
function write(rt: Runtime, _module: Ref, fd: Ref, data: Ref): Owned {
  const bytes = isBytes(rt, data) ? bytesData(rt, data) : new Uint8Array(0);
  rt.host?.write?.(asSsize(rt, fd), bytes);
  return newInt(rt, bytes.length);
}

function access(rt: Runtime, _module: Ref, path: Ref): Owned {
  return pyBool(typeof statusOf(rt, pathText(rt, path), true) !== 'string') as Owned;
}

/** A function of one path. */
function onPath(action: (rt: Runtime, path: string) => string | null | undefined): (rt: Runtime, module: Ref, path: Ref) => Owned {
  return (rt, _module, path) => {
    const text = pathText(rt, path);
    check(rt, action(rt, text), text);
    return none();
  };
}

function mkdir(rt: Runtime, _module: Ref, path: Ref, mode: Ref): Owned {
  const text = pathText(rt, path);
  check(rt, rt.host?.makeFolder?.(text, mode === 0 ? 0o777 : asSsize(rt, mode)), text);
  return none();
}

function rename(rt: Runtime, _module: Ref, from: Ref, to: Ref): Owned {
  const text = pathText(rt, from);
  check(rt, rt.host?.renamePath?.(text, pathText(rt, to)), text);
  return none();
}

function uname(rt: Runtime): Owned {
  return newStructSeq(rt, UNAME_RESULT, ['Linux', 'localhost', '6.0', '#1', 'x86_64'].map((text) => newStr(rt, text)));
}

const CONSTANTS: Readonly<Record<string, number>> = {
  F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024,
  O_NONBLOCK: 2048, O_CLOEXEC: 524288, O_NOFOLLOW: 131072, O_DIRECTORY: 65536, EX_OK: 0, SEEK_DATA: 3, SEEK_HOLE: 4, WNOHANG: 1, P_ALL: 0,
};

const unlink = onPath((rt, path) => rt.host?.removeFile?.(path));

defineModule({
  name: 'posix',
  doc: 'This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard.',
  functions: [
    native('stat($module, /, path, *, dir_fd=None, follow_symlinks=True)', stat(true)),
    native('lstat($module, /, path, *, dir_fd=None)', stat(false)),
    native('fstat($module, /, fd)', stat(true)),
    native('getcwd($module, /)', (rt) => newStr(rt, folder(rt))),
    native('getcwdb($module, /)', (rt) => newBytes(rt, new TextEncoder().encode(folder(rt)))),
    native('listdir($module, /, path=None)', listdir),
    native('access($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)', access),
    native('mkdir($module, /, path, mode=511, *, dir_fd=None)', mkdir),
    native('rmdir($module, /, path, *, dir_fd=None)', onPath((rt, path) => rt.host?.removeFolder?.(path))),
    native('remove($module, /, path, *, dir_fd=None)', unlink),
    native('unlink($module, /, path, *, dir_fd=None)', unlink),
    native('rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)', rename),
    native('replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)', rename),
    native('readlink($module, /, path, *, dir_fd=None)', onPath(() => 'EINVAL')),
    native('fspath($module, /, path)', fspath),
    native('getpid($module, /)', (rt) => newInt(rt, 4242)),
    native('getppid($module, /)', (rt) => newInt(rt, 1)),
    native('getuid($module, /)', (rt) => newInt(rt, 1000)),
    native('geteuid($module, /)', (rt) => newInt(rt, 1000)),
    native('getgid($module, /)', (rt) => newInt(rt, 1000)),
    native('cpu_count($module, /)', (rt) => newInt(rt, 1)),
    native('urandom($module, size, /)', urandom),
    native('strerror($module, code, /)', (rt, _module, code) => newStr(rt, errorText(asSsize(rt, code)))),
    native('write($module, fd, data, /)', write),
    native('isatty($module, fd, /)', (rt, _module, fd) => pyBool(rt.host?.isTerminal?.(asSsize(rt, fd)) ?? false) as Owned),
    native('uname($module, /)', uname),
    native('get_terminal_size(fd=1, /)', (rt) => newStructSeq(rt, TERMINAL_SIZE, [newInt(rt, 80), newInt(rt, 24)]), { unsigned: true }),
    native('umask($module, mask, /)', (rt) => newInt(rt, 0o22)),
    native('_exit($module, /, status)', (rt) => raise(rt, T.SystemExit, '')),
    native('putenv($module, name, value, /)', () => none()),
    native('unsetenv($module, name, /)', () => none()),
  ],
  populate: (rt, dict) => {
    setTake(rt, dict, 'environ', environ(rt));
    setTake(rt, dict, '_have_functions', newList(rt, 0));
    dictSetText(rt, dict, 'stat_result', STAT_RESULT.ref);
    dictSetText(rt, dict, 'uname_result', UNAME_RESULT.ref);
    dictSetText(rt, dict, 'terminal_size', TERMINAL_SIZE.ref);
    dictSetText(rt, dict, 'error', T.OSError);
    for (const [name, value] of Object.entries(CONSTANTS)) setTake(rt, dict, name, newInt(rt, value));
  },
});
