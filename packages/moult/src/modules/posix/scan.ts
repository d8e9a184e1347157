/** `os.scandir`: an iterator over `os.DirEntry` objects. */
import {
  allocObject,
  clearWord,
  hostAdd,
  hostFree,
  hostGet,
  LayoutKind,
  newRef,
  ObjectWord,
  setWord,
  TypeFlag,
  freeObject,
  genericAlloc,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { FileMode, hostErrorCode } from '../../core/host-files.ts';
import type { HeapSlot } from '../../core/functions.ts';
import type { FileStatus, FolderEntry } from '../../core/host-files.ts';
import { newBigInt } from '../../core/int.ts';
import { member, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { isTrue, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeName } from '../../core/types.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { warnUnclosed } from '../io/resource-warning.ts';
import { hostCall, hostFiles, PathKind, readPath } from './paths.ts';
import { newStatResult } from './status.ts';
import { listedFolder, newPathName } from './tree.ts';

/** ```
 *   2      3      4      5       6      7     8
 *   │ name │ path │ stat │ lstat │ mode │ ino │ place │
 *   ```
 *   The stat words hold what was asked for once. */
const enum EntryWord {
  Name = 2,
  Path = 3,
  Stat = 4,
  LStat = 5,
  Mode = 6,
  /** Host-table index of the bigint. */
  Ino = 7,
  /** Host-table index of the path for the host. */
  Place = 8,
  Words = 10,
}

const enum ScanWord {
  /** Owned: the path that was given, or 0. */
  Path = 2,
  /** Host-table index of what was found, 0 once closed. */
  Found = 3,
  Next = 4,
  Words = 6,
}

interface Found {
  readonly entries: readonly FolderEntry[];
  /** Prefix of the paths that entries show, and of those for the host. */
  readonly shown: string;
  readonly place: string;
  readonly isBytes: boolean;
}

export const DIR_ENTRY = moduleType();
const SCANDIR = moduleType();

function scandir(rt: Runtime, _module: Ref, path: Ref): Owned {
  const target = readPath(rt, 'scandir', path, PathKind.OrDescriptor | PathKind.OrNone);
  const [folder, entries] = hostCall(rt, target.fd === -1 ? target.object : 0, (files) => {
    const where = listedFolder(rt, files, target);
    return [where, files.list(where)] as const;
  });
  const slash = (text: string): string => (text === '' || text.endsWith('/') ? text : `${text}/`);
  const found: Found = {
    entries,
    shown: target.fd === -1 ? slash(folder) : '',
    place: slash(folder),
    isBytes: target.isBytes,
  };
  const scan = allocObject(rt, SCANDIR, ScanWord.Words, 80);
  rt.words.fill(0, scan + 2, scan + ScanWord.Words);
  rt.words[scan + ScanWord.Found] = hostAdd(rt, found);
  if (target.object !== 0) rt.words[scan + ScanWord.Path] = newRef(rt, target.object);
  return scan;
}

function closeScan(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + ScanWord.Found] !== 0) hostFree(rt, H[self + ScanWord.Found]);
  H[self + ScanWord.Found] = 0;
}

function nextEntry(rt: Runtime, self: Ref): Owned | 0 {
  const H = rt.words;
  if (H[self + ScanWord.Found] === 0) return 0;
  const found = hostGet(rt, H[self + ScanWord.Found]) as Found;
  const entry = found.entries[H[self + ScanWord.Next]];
  if (entry === undefined) {
    closeScan(rt, self);
    return 0;
  }
  H[self + ScanWord.Next]++;
  return newEntry(rt, found, entry);
}

function newEntry(rt: Runtime, found: Found, { name, mode, ino }: FolderEntry): Owned {
  const entry = temp(rt, genericAlloc(rt, DIR_ENTRY));
  setWord(rt, entry + EntryWord.Name, newPathName(rt, name, found.isBytes));
  setWord(rt, entry + EntryWord.Path, newPathName(rt, found.shown + name, found.isBytes));
  const H = rt.words;
  H[entry + EntryWord.Mode] = mode;
  H[entry + EntryWord.Ino] = hostAdd(rt, ino);
  H[entry + EntryWord.Place] = hostAdd(rt, found.place + name);
  return untemp(rt, entry);
}

function placeOf(rt: Runtime, self: Ref): string {
  return hostGet(rt, rt.words[self + EntryWord.Place]) as string;
}

function follows(rt: Runtime, follow: Ref): boolean {
  return follow === 0 || isTrue(rt, follow);
}

function isLinkEntry(rt: Runtime, self: Ref): boolean {
  const mode = rt.words[self + EntryWord.Mode];
  if (mode !== 0) return (mode & FileMode.Type) === (FileMode.Link as number);
  const status = statusOrNull(rt, self, false);
  return status !== null && (status.mode & FileMode.Type) === (FileMode.Link as number);
}

/** The status, null if there is no such file any more. */
function statusOrNull(rt: Runtime, self: Ref, follow: boolean): FileStatus | null {
  try {
    return hostFiles(rt).status(placeOf(rt, self), follow);
  } catch (error) {
    if (hostErrorCode(error) === 'ENOENT') return null;
    return hostCall(rt, rt.words[self + EntryWord.Path], () => {
      throw error;
    });
  }
}

/** `is_dir` and `is_file`. */
function hasType(type: FileMode): NativeFunction {
  return (rt, self, follow = 0) => {
    const mode = rt.words[self + EntryWord.Mode];
    const look = mode === 0 || (follows(rt, follow) && isLinkEntry(rt, self));
    const bits = look ? (statusOrNull(rt, self, follows(rt, follow))?.mode ?? 0) : mode;
    return pyBool((bits & FileMode.Type) === (type as number)) as Owned;
  };
}

/** The result is kept: asked for once. */
function stat(rt: Runtime, self: Ref, follow: Ref): Owned {
  const following = follows(rt, follow);
  const word = following && isLinkEntry(rt, self) ? EntryWord.Stat : EntryWord.LStat;
  const H = rt.words;
  if (H[self + word] === 0) {
    const place = placeOf(rt, self);
    const status = hostCall(rt, H[self + EntryWord.Path], (files) => files.status(place, word === EntryWord.Stat));
    setWord(rt, self + word, newStatResult(rt, status));
  }
  return newRef(rt, H[self + word]);
}

function inode(rt: Runtime, self: Ref): Owned {
  const known = hostGet(rt, rt.words[self + EntryWord.Ino]) as bigint;
  if (known !== 0n) return newBigInt(rt, known);
  const place = placeOf(rt, self);
  return newBigInt(rt, hostCall(rt, rt.words[self + EntryWord.Path], (files) => files.status(place, false)).ino);
}

function deallocEntry(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + EntryWord.Ino] !== 0) hostFree(rt, H[self + EntryWord.Ino]);
  if (H[self + EntryWord.Place] !== 0) hostFree(rt, H[self + EntryWord.Place]);
  for (const word of [EntryWord.Name, EntryWord.Path, EntryWord.Stat, EntryWord.LStat]) clearWord(rt, self + word);
  freeObject(rt, self);
}

defineType({
  ref: DIR_ENTRY,
  name: 'posix.DirEntry',
  heapType: 'mutable',
  basicSize: 72,
  words: EntryWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: [EntryWord.Name, EntryWord.Path, EntryWord.Stat, EntryWord.LStat],
  dealloc: deallocEntry,
  slots: {
    repr: (rt, self) =>
      newStr(
        rt,
        `<${typeName(rt, rt.words[self + ObjectWord.Type])} ${reprText(rt, rt.words[self + EntryWord.Name])}>`,
      ),
  },
  members: [
    member(
      'name',
      EntryWord.Name,
      undefined,
      true,
      'the entry\'s base filename, relative to scandir() "path" argument',
    ),
    member(
      'path',
      EntryWord.Path,
      undefined,
      true,
      "the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)",
    ),
  ],
  methods: [
    native('is_dir($self, /, *, follow_symlinks=True)', hasType(FileMode.Folder)),
    native('is_file($self, /, *, follow_symlinks=True)', hasType(FileMode.Regular)),
    native('is_symlink($self, /)', (rt, self) => pyBool(isLinkEntry(rt, self)) as Owned),
    native('is_junction($self, /)', () => pyBool(false) as Owned),
    native('stat($self, /, *, follow_symlinks=True)', stat),
    native('inode($self, /)', inode),
    native('__fspath__($self, /)', (rt, self) => newRef(rt, rt.words[self + EntryWord.Path])),
    classGetItemMethod(),
  ],
});

/** Source: CPython 3.12 ScandirIterator_finalize. */
function finalizeScan(rt: Runtime, self: Ref): void {
  if (rt.words[self + ScanWord.Found] === 0) return;
  warnUnclosed(rt, self, `unclosed scandir iterator ${reprText(rt, self)}`);
  closeScan(rt, self);
}

defineType({
  ref: SCANDIR,
  name: 'posix.ScandirIterator',
  heapType: 'mutable',
  basicSize: 104,
  words: ScanWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: [ScanWord.Path],
  slots: { iter: identitySlot, iternext: nextEntry, finalize: finalizeScan as HeapSlot },
  methods: [
    native('__enter__($self, /)', (rt, self) => newRef(rt, self)),
    native('__exit__($self, type=None, value=None, traceback=None, /)', (rt, self) => {
      closeScan(rt, self);
      return none();
    }),
    native('close($self, /)', (rt, self) => {
      closeScan(rt, self);
      return none();
    }),
  ],
});

export const SCAN_FUNCTIONS = [native('scandir($module, /, path=None)', scandir)];
