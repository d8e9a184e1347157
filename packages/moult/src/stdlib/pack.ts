/**
 * The library pack: CPython's own pure-Python modules in one file, code and source, read piece by piece as modules are
 * imported.
 *
 * ```
 *   "MOULTLIB" │ format │ length of the index (4 bytes, little endian) │ index (JSON) │ codes and sources …
 * ```
 * Offsets in the index count from the end of the index.
 */
import type { PackEntry } from '../core/runtime.ts';
import { codeNameOf } from './frozen.ts';
import { CODE_FORMAT, decodeCode } from './code-format.ts';

export const PACK_MAGIC = 'MOULTLIB';
/** Bytes before the index. */
export const PACK_HEAD_BYTES = 16;
/** Where the library's files are said to be: `__file__` of `json` is `LIBRARY_FOLDER/json/__init__.py`. */
export const LIBRARY_FOLDER = '/moult/lib/python3.12';

/** Of each module: its place below the library's folder, then offset and length of code and source. */
export interface PackIndex {
  readonly version: string;
  /** The modules among them that are Moult's own, in the place of CPython's in C. */
  readonly own: readonly string[];
  readonly modules: Readonly<
    Record<string, readonly [path: string, code: number, codeLength: number, source: number, sourceLength: number]>
  >;
}

/** Gives `length` bytes of the pack from `offset` on. */
export type PackReader = (offset: number, length: number) => Uint8Array;

export interface LibraryPack {
  readonly version: string;
  readonly names: readonly string[];
  /** Those of them that are Moult's own: any other library needs them too. */
  readonly own: readonly string[];
  /** The module of that name, null if the library has none. For `Runtime.libraryPack`. */
  readonly find: (name: string) => PackEntry | null;
  /** Source of a file of the library (a path below `LIBRARY_FOLDER`), null if there is none. */
  readFile(path: string): Uint8Array | null;
  statPath(path: string): 'file' | 'folder' | null;
  listFolder(path: string): readonly string[] | null;
}

/** Opens a pack; only its index is read. Throws RangeError if the data is no pack of this build's form. */
export function openPack(read: PackReader): LibraryPack {
  const head = read(0, PACK_HEAD_BYTES);
  const view = new DataView(head.buffer, head.byteOffset, PACK_HEAD_BYTES);
  if (new TextDecoder().decode(head.subarray(0, 8)) !== PACK_MAGIC)
    throw new RangeError('this file is no library pack');
  const format = view.getUint32(8, true);
  if (format !== CODE_FORMAT) throw new RangeError(`the library pack has format ${format}, expected ${CODE_FORMAT}`);
  const indexLength = view.getUint32(12, true);
  const index = JSON.parse(new TextDecoder().decode(read(PACK_HEAD_BYTES, indexLength))) as PackIndex;
  return packOf(index, read, PACK_HEAD_BYTES + indexLength);
}

function packOf(index: PackIndex, read: PackReader, base: number): LibraryPack {
  let made: Paths | undefined;
  const paths = (): Paths => (made ??= pathsOf(index));
  return {
    version: index.version,
    own: index.own,
    get names() {
      return Object.keys(index.modules);
    },
    find: (name) => {
      if (!Object.hasOwn(index.modules, name)) return null;
      const [path, offset, length] = index.modules[name] ?? ['', 0, 0, 0, 0];
      const full = `${LIBRARY_FOLDER}/${path}`;
      const codeName = codeNameOf(name, full);
      return {
        code: decodeCode(read(base + offset, length), codeName),
        isPackage: isPackagePath(path),
        path: full,
        codeName,
      };
    },
    readFile: (path) => {
      const name = paths().files.get(path);
      const entry = name === undefined ? undefined : index.modules[name];
      return entry === undefined ? null : read(base + entry[3], entry[4]);
    },
    listFolder: (path) => {
      const { files, folders } = paths();
      return folders.has(path) ? namesIn([...files.keys(), ...folders], path) : null;
    },
    statPath: (path) => (paths().files.has(path) ? 'file' : paths().folders.has(path) ? 'folder' : null),
  };
}

/** Where the modules are said to be: most programs never look there. */
interface Paths {
  /** The module of each file. */
  readonly files: ReadonlyMap<string, string>;
  readonly folders: ReadonlySet<string>;
}

function pathsOf(index: PackIndex): Paths {
  const files = new Map<string, string>();
  const folders = new Set<string>([LIBRARY_FOLDER]);
  for (const [name, [path]] of Object.entries(index.modules)) {
    const full = `${LIBRARY_FOLDER}/${path}`;
    files.set(full, name);
    folders.add(full.slice(0, full.lastIndexOf('/')));
  }
  return { files, folders };
}

/** The names directly below a folder. */
function namesIn(paths: readonly string[], folder: string): string[] {
  const base = `${folder.replace(/\/+$/, '')}/`;
  return paths
    .filter((path) => path.startsWith(base) && !path.includes('/', base.length))
    .map((path) => path.slice(base.length));
}

/** True for the file that makes a folder a package. */
export function isPackagePath(path: string): boolean {
  return path === '__init__.py' || path.endsWith('/__init__.py');
}

/** `json.decoder` for `json/decoder.py`, `json` for `json/__init__.py`. */
export function moduleNameOf(path: string): string {
  return path
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}
