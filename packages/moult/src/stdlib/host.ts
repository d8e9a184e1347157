/** A host whose file system also has the library's files, so that tracebacks and `linecache` can show their lines. */
import type { HostInterface } from '../core/host.ts';
import { LIBRARY_FOLDER } from './pack.ts';
import type { LibraryPack } from './pack.ts';

/** `host` with the files of `pack` below `LIBRARY_FOLDER`. */
export function withLibrary(host: HostInterface, pack: LibraryPack): HostInterface {
  const inside = (path: string): boolean => path.startsWith(LIBRARY_FOLDER);
  return new Proxy(host, {
    get(target, key: keyof HostInterface) {
      if (key === 'readFile') return (path: string) => (inside(path) ? pack.readFile(path) : (target.readFile?.(path) ?? null));
      if (key === 'statPath') return (path: string) => (inside(path) ? pack.statPath(path) : (target.statPath?.(path) ?? null));
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
