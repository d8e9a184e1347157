/** What programs under a sweep reach. */
import { FileMode, MemoryFiles, withMemoryFiles } from 'moult';
import type { HostInterface } from 'moult';
import { NodeHost } from '../../packages/cli/src/host.ts';
import { NodeFiles } from '../../packages/cli/src/node-files/files.ts';
import { decode } from '../compare.ts';

/** Files in memory and a clock that advances by a step at each look, so that each run sees the same. `write` gets what goes to
 *  standard output and standard error. */
export function steadyHost(write: (text: string) => void): {
  readonly host: HostInterface;
  readonly files: MemoryFiles;
} {
  let nanoseconds = 1_700_000_000_000_000_000n;
  const time = (): bigint => (nanoseconds += 1000n);
  const base: HostInterface = {
    time,
    monotonic: time,
    isTerminal: () => false,
    write: (_fd, data) => {
      write(decode(data));
    },
  };
  const files = new MemoryFiles({}, base);
  return { host: withMemoryFiles(base, files), files };
}

/** Removes everything that is in the folder: an interrupted program leaves its files. */
export function emptyFolder(files: MemoryFiles, path: string): void {
  for (const { name, mode } of files.list(path)) {
    const below = `${path}/${name}`;
    if ((mode & FileMode.Type) !== (FileMode.Folder as number)) {
      files.remove(below);
      continue;
    }
    emptyFolder(files, below);
    files.removeFolder(below);
  }
}

/** Node's files, but what goes to the standard streams is kept. */
class KeepingFiles extends NodeFiles {
  readonly kept: Uint8Array[][] = [[], [], []];

  override write(fd: number, data: Uint8Array): number {
    if (fd !== 1 && fd !== 2) return super.write(fd, data);
    this.kept[fd]?.push(data.slice());
    return data.length;
  }
}

/** This machine, but for the standard streams: nothing can be read, and what is written is kept. */
export class KeepingHost extends NodeHost {
  override readonly files = new KeepingFiles();

  /** @param folder the working folder */
  constructor(folder: string) {
    super();
    this.files.changeFolder(folder);
  }

  /** What was written to a stream. */
  written(fd: 1 | 2): string {
    return decode(Buffer.concat(this.files.kept[fd] ?? []));
  }

  /** Forgets what was written. */
  drop(): void {
    for (const parts of this.files.kept) parts.length = 0;
  }

  override read(): Uint8Array {
    return new Uint8Array(0);
  }

  override environment(): Readonly<Record<string, string>> {
    return { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', PYTHONHASHSEED: '0' };
  }

  override isTerminal(): boolean {
    return false;
  }
}
