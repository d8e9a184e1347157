/** Finds CPython's library: the pack beside the bundle, or the folder that `MOULT_STDLIB` names. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { libraryFromFolder, LIBRARY_FOLDER, openPack, withLibrary } from 'moult';
import type { HostInterface, LibraryPack, PackEntry } from 'moult';

export interface Library {
  readonly host: HostInterface;
  /** Where its files are said to be: the last entry of `sys.path`. */
  readonly folder: string | null;
  readonly find: ((name: string) => PackEntry | null) | null;
}

/** The library, and a host that also has its files. Without one, only native modules can be imported. */
export function findLibrary(host: HostInterface): Library {
  const folder = process.env['MOULT_STDLIB'] ?? '';
  const path = fileURLToPath(new URL('./library.pack', import.meta.url));
  const pack = existsSync(path) ? openPackFile(path) : null;
  if (folder !== '') return foreignLibrary(withPack(host, pack), folder, pack);
  if (pack === null) return { host, folder: null, find: null };
  return { host: withLibrary(host, pack), folder: LIBRARY_FOLDER, find: pack.find };
}

const withPack = (host: HostInterface, pack: LibraryPack | null): HostInterface =>
  pack === null ? host : withLibrary(host, pack);

/** A folder's modules, and those that CPython has in C and the pack in Python. */
function foreignLibrary(host: HostInterface, folder: string, pack: LibraryPack | null): Library {
  const own = new Set(pack?.own);
  const find = libraryFromFolder(host, folder);
  return { host, folder, find: (name) => find(name) ?? (own.has(name) && pack !== null ? pack.find(name) : null) };
}

/** The pack in a file, which stays open as long as the process lives. */
export function openPackFile(path: string): LibraryPack {
  return openPack(fileReader(path));
}

function fileReader(path: string): (offset: number, length: number) => Uint8Array {
  const fd = openSync(path, 'r');
  process.on('exit', () => {
    closeSync(fd);
  });
  return (offset, length) => {
    const data = new Uint8Array(length);
    const count = readSync(fd, data, 0, length, offset);
    if (count !== length) throw new RangeError(`${path} ends too early`);
    return data;
  };
}
