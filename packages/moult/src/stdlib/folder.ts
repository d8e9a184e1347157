/** The library from a folder of `.py` files, or from any other set of sources: compiled when imported. */
import type { HostInterface } from '../core/host.ts';
import type { PackEntry } from '../core/runtime.ts';
import { codeNameOf } from './frozen.ts';

/** `Runtime.libraryPack` for a folder that the host can read. */
export function libraryFromFolder(host: HostInterface, folder: string): (name: string) => PackEntry | null {
  const base = folder.replace(/\/+$/, '');
  return (name) => {
    const stem = `${base}/${name.replaceAll('.', '/')}`;
    const entry = entryOf(host, `${stem}/__init__.py`, true) ?? entryOf(host, `${stem}.py`, false);
    return entry === null ? null : { ...entry, codeName: codeNameOf(name, entry.path) };
  };
}

function entryOf(host: HostInterface, path: string, isPackage: boolean): PackEntry | null {
  if (host.statPath?.(path) !== 'file') return null;
  const data = host.readFile?.(path) ?? null;
  return data === null ? null : { source: data, isPackage, path };
}
