/** A host whose file system also has the library's files, so that tracebacks and `linecache` can show their lines. */
import { BareFiles } from '../core/bare-files.ts';
import type { HostInterface } from '../core/host.ts';
import type { HostFiles } from '../core/host-files.ts';
import { LIBRARY_FOLDER } from './pack.ts';
import type { LibraryPack } from './pack.ts';

/** Descriptors of the library's files begin here, far from the host's own. */
const FIRST_DESCRIPTOR = 1 << 20;

const inside = (path: unknown): boolean => typeof path === 'string' && path.startsWith(LIBRARY_FOLDER);

/** `host` with the files of `pack` below `LIBRARY_FOLDER`. */
export function withLibrary(host: HostInterface, pack: LibraryPack): HostInterface {
  const library: HostInterface = {
    readFile: (path) => (inside(path) ? pack.readFile(path) : (host.readFile?.(path) ?? null)),
    statPath: (path) => (inside(path) ? pack.statPath(path) : (host.statPath?.(path) ?? null)),
    listFolder: (path) => (inside(path) ? pack.listFolder(path) : (host.listFolder?.(path) ?? null)),
  };
  const files =
    host.files === undefined ? undefined : withLibraryFiles(host.files, new BareFiles(library, FIRST_DESCRIPTOR));
  return new Proxy(host, {
    get(target, key: keyof HostInterface) {
      if (key === 'files') return files;
      const value: unknown = Reflect.get(key in library ? library : target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Sends each call to the files that its first argument, a path or a descriptor, belongs to. */
function withLibraryFiles(files: HostFiles, library: HostFiles): HostFiles {
  const isLibrarys = (first: unknown): boolean =>
    inside(first) || (typeof first === 'number' && first >= FIRST_DESCRIPTOR);
  return new Proxy(files, {
    get(target, key: keyof HostFiles) {
      const own = target[key].bind(target) as (...args: unknown[]) => unknown;
      const others = library[key].bind(library) as (...args: unknown[]) => unknown;
      if (key === 'setMask' || key === 'changeFolder' || key === 'symlink') return own;
      return (...args: unknown[]) => (isLibrarys(args[0]) ? others : own)(...args);
    },
  });
}
