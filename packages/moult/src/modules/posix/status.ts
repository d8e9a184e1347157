/** `os.stat_result`, and the functions that ask for the status of a file. */
import { newRef, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { hostErrorCode } from '../../core/host-files.ts';
import type { FileStatus } from '../../core/host-files.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { tupleItem } from '../../core/tuple.ts';
import { moduleType } from '../../core/type-spec.ts';
import { asSsize } from '../../core/ssize.ts';
import { defineStructSeq, newStructSeq } from '../../objects/structseq.ts';
import { hostCall, hostFiles, pathAt, PathKind, readFd, readPath } from './paths.ts';
import { temp, tempMark } from '../../core/temps.ts';

const FIRST_TIME = 7;
const FIRST_FLOAT = 10;

export const STAT_RESULT = defineStructSeq(
  moduleType(),
  'os.stat_result',
  ['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size'],
  'stat_result: Result from stat, fstat, or lstat.\n\nThis object may be accessed either as a tuple of\n' +
    '  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\n' +
    'or via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.\n\n' +
    'Posix/windows: If your platform supports st_blksize, st_blocks, st_rdev,\n' +
    'or st_flags, they are available as attributes only.\n\nSee os.stat for more information.',
  {
    unnamed: 3,
    hidden: [
      'st_atime',
      'st_mtime',
      'st_ctime',
      'st_atime_ns',
      'st_mtime_ns',
      'st_ctime_ns',
      'st_blksize',
      'st_blocks',
      'st_rdev',
    ],
    complete: (rt, self) => {
      for (let i = 0; i < 3; i++) {
        if (tupleItem(rt, self, FIRST_FLOAT + i) !== S.None) continue;
        setWord(rt, self + TupleWord.Items + FIRST_FLOAT + i, newRef(rt, tupleItem(rt, self, FIRST_TIME + i)));
      }
    },
  },
);

const SECOND = 1_000_000_000n;

/** Seconds as a float, with the error that CPython makes. */
function seconds(ns: bigint): number {
  return Number(ns / SECOND) + 1e-9 * Number(ns % SECOND);
}

export function newStatResult(rt: Runtime, s: FileStatus): Owned {
  const times = [s.atimeNs, s.mtimeNs, s.ctimeNs];
  return newStructSeq(rt, STAT_RESULT, tempMark(rt), [
    temp(rt, newInt(rt, s.mode)),
    temp(rt, newBigInt(rt, s.ino)),
    temp(rt, newBigInt(rt, s.dev)),
    temp(rt, newInt(rt, s.nlink)),
    temp(rt, newInt(rt, s.uid)),
    temp(rt, newInt(rt, s.gid)),
    temp(rt, newInt(rt, s.size)),
    ...times.map((ns) => temp(rt, newBigInt(rt, ns / SECOND))),
    ...times.map((ns) => temp(rt, newFloat(rt, seconds(ns)))),
    ...times.map((ns) => temp(rt, newBigInt(rt, ns))),
    temp(rt, newInt(rt, s.blksize)),
    temp(rt, newInt(rt, s.blocks)),
    temp(rt, newInt(rt, s.rdev)),
  ]);
}

/** Source: CPython 3.12 posix_do_stat. */
function doStat(rt: Runtime, name: string, path: Ref, dirFd: Ref, follow: boolean): Owned {
  const target = readPath(rt, name, path, name === 'stat' ? PathKind.OrDescriptor : PathKind.Plain);
  if (target.fd !== -1 && dirFd !== 0 && dirFd !== S.None)
    valueError(rt, `${name}: can't specify dir_fd without matching path`);
  if (target.fd !== -1 && !follow) valueError(rt, `${name}: cannot use fd and follow_symlinks together`);
  const at = pathAt(rt, target, dirFd);
  return newStatResult(
    rt,
    hostCall(rt, target.object, (files) => (target.fd === -1 ? files.status(at, follow) : files.statusOf(target.fd))),
  );
}

function access(rt: Runtime, _module: Ref, path: Ref, mode: Ref, dirFd: Ref): Owned {
  const target = readPath(rt, 'access', path);
  const bits = asSsize(rt, mode);
  try {
    return pyBool(hostFiles(rt).mayAccess(pathAt(rt, target, dirFd), bits)) as Owned;
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return pyBool(false) as Owned;
  }
}

export const STATUS_FUNCTIONS = [
  native(
    'stat($module, /, path, *, dir_fd=None, follow_symlinks=True)',
    (rt, _module, path = 0, dirFd = 0, follow = 0) =>
      doStat(rt, 'stat', path, dirFd, follow === 0 || isTrue(rt, follow)),
  ),
  native('lstat($module, /, path, *, dir_fd=None)', (rt, _module, path = 0, dirFd = 0) =>
    doStat(rt, 'lstat', path, dirFd, false),
  ),
  native('fstat($module, /, fd)', (rt, _module, fd = 0) => {
    const number = readFd(rt, fd);
    return newStatResult(
      rt,
      hostCall(rt, 0, (files) => files.statusOf(number)),
    );
  }),
  native('access($module, /, path, mode, *, dir_fd=None,\n       effective_ids=False, follow_symlinks=True)', access),
];
