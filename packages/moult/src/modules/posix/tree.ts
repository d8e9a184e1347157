/** The functions of `os` that change folders, names, permissions and times. */
import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { FileMode, HostError } from '../../core/host-files.ts';
import type { HostFiles } from '../../core/host-files.ts';
import { bigIntValue, floatValue, newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { index, isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { isInstance, isInt, isTuple } from '../../core/types.ts';
import { encode } from '../../text/codecs.ts';
import { readInt } from './descriptors.ts';
import { hostCall, hostFiles, pathAt, PathKind, readFd, readPath } from './paths.ts';
import type { PathArgument } from './paths.ts';

/** A name of the host as str, or as bytes where the path was given so. */
export function newPathName(rt: Runtime, name: string, asBytes: boolean): Owned {
  return asBytes ? newBytes(rt, encode(name, 'utf-8', 'surrogateescape')) : newStr(rt, name);
}

/** A function `name(path, *, dir_fd=None)` with nothing to return. */
function onPath(name: string, action: (files: HostFiles, path: string) => void): NativeFunction {
  return (rt, _module, path = 0, dirFd = 0) => {
    const target = readPath(rt, name, path);
    const at = pathAt(rt, target, dirFd);
    hostCall(rt, target.object, (files) => {
      action(files, at);
    });
    return none();
  };
}

/** A function of two paths, each with its own `dir_fd`. */
function onTwoPaths(name: string, action: (files: HostFiles, from: string, to: string) => void): NativeFunction {
  return (rt, _module, from = 0, to = 0, fromFd = 0, toFd = 0) => {
    const source = readPath(rt, name, from, PathKind.Plain, 'src');
    const target = readPath(rt, name, to, PathKind.Plain, 'dst');
    const [a, b] = [pathAt(rt, source, fromFd), pathAt(rt, target, toFd)];
    const change = (files: HostFiles): void => {
      action(files, a, b);
    };
    hostCall(rt, source.object, change, target.object);
    return none();
  };
}

function listdir(rt: Runtime, _module: Ref, path: Ref): Owned {
  const target = readPath(rt, 'listdir', path, PathKind.OrDescriptor | PathKind.OrNone);
  const named = target.fd === -1 ? target.object : 0;
  const entries = hostCall(rt, named, (files) => files.list(listedFolder(rt, files, target)));
  const list = temp(rt, newList(rt, 0));
  for (const { name } of entries) listAppendTake(rt, list, newPathName(rt, name, target.isBytes));
  return untemp(rt, list);
}

/** The folder to be listed: CPython takes the descriptor −1 for none given. */
export function listedFolder(rt: Runtime, files: HostFiles, target: PathArgument): string {
  const isNone = target.fd === -1 && target.object !== 0 && isInt(rt, target.object);
  return isNone ? '.' : folderOf(files, target);
}

/** The folder that a path or descriptor names. */
export function folderOf(files: HostFiles, target: PathArgument): string {
  return target.fd === -1 ? target.text : files.folderPath(target.fd);
}

function mkdir(rt: Runtime, _module: Ref, path: Ref, mode: Ref, dirFd: Ref): Owned {
  const target = readPath(rt, 'mkdir', path);
  const bits = mode === 0 ? 0o777 : readInt(rt, mode);
  const at = pathAt(rt, target, dirFd);
  hostCall(rt, target.object, (files) => {
    files.makeFolder(at, bits);
  });
  return none();
}

function mkfifo(rt: Runtime, _module: Ref, path: Ref, mode: Ref, dirFd: Ref): Owned {
  const target = readPath(rt, 'mkfifo', path);
  const bits = mode === 0 ? 0o666 : readInt(rt, mode);
  const at = pathAt(rt, target, dirFd);
  hostCall(rt, target.object, (files) => {
    files.makePipe(at, bits);
  });
  return none();
}

function symlink(rt: Runtime, _module: Ref, src: Ref, dst: Ref, _isFolder: Ref, dirFd: Ref): Owned {
  const source = readPath(rt, 'symlink', src, PathKind.Plain, 'src');
  const target = readPath(rt, 'symlink', dst, PathKind.Plain, 'dst');
  const at = pathAt(rt, target, dirFd);
  const make = (files: HostFiles): void => {
    files.symlink(source.text, at);
  };
  hostCall(rt, source.object, make, target.object);
  return none();
}

function link(rt: Runtime, module: Ref, src: Ref, dst: Ref, srcFd: Ref, dstFd: Ref, _follow: Ref): Owned {
  return LINK(rt, module, src, dst, srcFd, dstFd);
}

const LINK = onTwoPaths('link', (files, from, to) => {
  files.link(from, to);
});

function readlink(rt: Runtime, _module: Ref, path: Ref, dirFd: Ref): Owned {
  const target = readPath(rt, 'readlink', path);
  const at = pathAt(rt, target, dirFd);
  return newPathName(
    rt,
    hostCall(rt, target.object, (files) => files.readLink(at)),
    target.isBytes,
  );
}

/** A target that is a path or an open file; `follow_symlinks=False` is for paths only. */
function readTarget(rt: Runtime, name: string, path: Ref, dirFd: Ref, follow: boolean): PathArgument {
  const target = readPath(rt, name, path, PathKind.OrDescriptor);
  if (target.fd !== -1 && dirFd !== 0 && dirFd !== S.None)
    valueError(rt, `${name}: can't specify dir_fd without matching path`);
  if (target.fd !== -1 && !follow) valueError(rt, `${name}: cannot use fd and follow_symlinks together`);
  return target;
}

function chmod(rt: Runtime, _module: Ref, path: Ref, mode: Ref, dirFd: Ref, followArg: Ref): Owned {
  const follow = followArg === 0 || isTrue(rt, followArg);
  const target = readTarget(rt, 'chmod', path, dirFd, true);
  const bits = readInt(rt, mode);
  const at = pathAt(rt, target, dirFd);
  if (!follow && hostCall(rt, target.object, (files) => isLink(files, at))) {
    raise(rt, T.NotImplementedError, 'chmod: follow_symlinks unavailable on this platform');
  }
  hostCall(rt, target.object, (files) => {
    if (target.fd !== -1) files.changeMode(target.fd, bits);
    else files.changePathMode(at, bits, true);
  });
  return none();
}

function isLink(files: HostFiles, path: string): boolean {
  return (files.status(path, false).mode & FileMode.Type) === (FileMode.Link as number);
}

function chown(rt: Runtime, _module: Ref, path: Ref, uid: Ref, gid: Ref, dirFd: Ref, followArg: Ref): Owned {
  const follow = followArg === 0 || isTrue(rt, followArg);
  const target = readTarget(rt, 'chown', path, dirFd, follow);
  const [user, group] = [asSsize(rt, uid), asSsize(rt, gid)];
  const at = pathAt(rt, target, dirFd);
  hostCall(rt, target.object, (files) => {
    const old = target.fd === -1 ? files.status(at, follow) : files.statusOf(target.fd);
    const [u, g] = [user === -1 ? old.uid : user, group === -1 ? old.gid : group];
    if (target.fd === -1) files.changePathOwner(at, u, g, follow);
    else files.changeOwner(target.fd, u, g);
  });
  return none();
}

function truncate(rt: Runtime, _module: Ref, path: Ref, length: Ref): Owned {
  const target = readPath(rt, 'truncate', path, PathKind.OrDescriptor);
  const size = asSsize(rt, length);
  hostCall(rt, target.object, (files) => {
    if (size < 0) throw new HostError('EINVAL');
    if (target.fd === -1) files.resizePath(target.text, size);
    else files.resize(target.fd, size);
  });
  return none();
}

/** Source: CPython 3.12 os_utime_impl. */
function utime(rt: Runtime, _module: Ref, path: Ref, times: Ref, ns: Ref, dirFd: Ref, followArg: Ref): Owned {
  const follow = followArg === 0 || isTrue(rt, followArg);
  const byTimes = times !== 0 && times !== S.None;
  if (byTimes && ns !== 0) valueError(rt, "utime: you may specify either 'times' or 'ns' but not both");
  const target = readTarget(rt, 'utime', path, dirFd, follow);
  const [atime, mtime] = byTimes
    ? pairOf(rt, times, TIMES_WANTED, secondsToNs)
    : ns !== 0
      ? pairOf(rt, ns, NS_WANTED, wholeNs)
      : nowTwice(rt);
  const at = pathAt(rt, target, dirFd);
  // The error of this function alone names no file.
  hostCall(rt, 0, (files) => {
    if (target.fd === -1) files.setPathTimes(at, atime, mtime, follow);
    else files.setTimes(target.fd, atime, mtime);
  });
  return none();
}

const TIMES_WANTED = "utime: 'times' must be either a tuple of two ints or None";
const NS_WANTED = "utime: 'ns' must be a tuple of two ints";

function pairOf(rt: Runtime, pair: Ref, wanted: string, convert: (rt: Runtime, o: Ref) => bigint): [bigint, bigint] {
  if (!isTuple(rt, pair) || tupleSize(rt, pair) !== 2) typeError(rt, wanted);
  return [convert(rt, tupleItem(rt, pair, 0)), convert(rt, tupleItem(rt, pair, 1))];
}

function nowTwice(rt: Runtime): [bigint, bigint] {
  const now = rt.host?.time?.() ?? 0n;
  return [now, now];
}

function wholeNs(rt: Runtime, o: Ref): bigint {
  const i = temp(rt, index(rt, o));
  const value = bigIntValue(rt, i);
  dropTemp(rt, i);
  return value;
}

/** A number of seconds, rounded down to nanoseconds. */
function secondsToNs(rt: Runtime, o: Ref): bigint {
  if (!isInstance(rt, o, T.float)) return wholeNs(rt, o) * 1_000_000_000n;
  const value = floatValue(rt, o);
  if (Number.isNaN(value)) valueError(rt, 'Invalid value NaN (not a number)');
  if (Math.abs(value) >= 2 ** 63) raise(rt, T.OverflowError, 'timestamp out of range for platform time_t');
  const whole = Math.floor(value);
  return BigInt(whole) * 1_000_000_000n + BigInt(Math.floor((value - whole) * 1e9));
}

function chdir(rt: Runtime, _module: Ref, path: Ref): Owned {
  const target = readPath(rt, 'chdir', path, PathKind.OrDescriptor);
  hostCall(rt, target.object, (files) => {
    files.changeFolder(folderOf(files, target));
  });
  return none();
}

const unlink = (name: string): NativeFunction =>
  onPath(name, (files, path) => {
    files.remove(path);
  });
const rename = (name: string): NativeFunction =>
  onTwoPaths(name, (files, from, to) => {
    files.rename(from, to);
  });

export const TREE_FUNCTIONS = [
  native('listdir($module, /, path=None)', listdir),
  native('mkdir($module, /, path, mode=511, *, dir_fd=None)', mkdir),
  native('mkfifo($module, /, path, mode=438, *, dir_fd=None)', mkfifo),
  native(
    'rmdir($module, /, path, *, dir_fd=None)',
    onPath('rmdir', (files, path) => {
      files.removeFolder(path);
    }),
  ),
  native('remove($module, /, path, *, dir_fd=None)', unlink('remove')),
  native('unlink($module, /, path, *, dir_fd=None)', unlink('unlink')),
  native('rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)', rename('rename')),
  native('replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)', rename('replace')),
  native('link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=True)', link),
  native('symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)', symlink),
  native('readlink($module, /, path, *, dir_fd=None)', readlink),
  native('chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)', chmod),
  native('chown($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)', chown),
  native('lchown($module, /, path, uid, gid)', (rt, module, path = 0, uid = 0, gid = 0) =>
    chown(rt, module, path, uid, gid, 0, S.False),
  ),
  native('fchown($module, /, fd, uid, gid)', (rt, module, fd = 0, uid = 0, gid = 0) =>
    chown(rt, module, fd, uid, gid, 0, 0),
  ),
  native('truncate($module, /, path, length)', truncate),
  native(
    'utime($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, follow_symlinks=True)',
    utime,
  ),
  native('chdir($module, /, path)', chdir),
  native('fchdir($module, /, fd)', (rt, _module, fd = 0) => {
    const number = readFd(rt, fd);
    hostCall(rt, 0, (files) => {
      files.changeFolder(files.folderPath(number));
    });
    return none();
  }),
  native('getcwd($module, /)', (rt) =>
    newStr(
      rt,
      hostCall(rt, 0, (files) => files.workingFolder()),
    ),
  ),
  native('getcwdb($module, /)', (rt) =>
    newPathName(
      rt,
      hostCall(rt, 0, (files) => files.workingFolder()),
      true,
    ),
  ),
  native('umask($module, mask, /)', (rt, _module, mask = 0) => newInt(rt, hostFiles(rt).setMask(readInt(rt, mask)))),
];
