/** What an embedded program reaches: captured standard streams, files in memory, and what the embedder's own host gives. */
import type { HostInterface } from '../../core/host.ts';
import { withLibrary } from '../../stdlib/host.ts';
import type { PythonOptions } from './options.ts';

/** The text of one stream. */
class Capture {
  private text = '';
  private readonly decoder = new TextDecoder();
  private readonly listener: ((text: string) => void) | null;

  constructor(listener: ((text: string) => void) | null) {
    this.listener = listener;
  }

  write(data: Uint8Array): void {
    const text = this.decoder.decode(data, { stream: true });
    if (this.listener === null) this.text += text;
    else if (text !== '') this.listener(text);
  }

  /** What came since the last call; empty if somebody listens. */
  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

export class EmbedHost implements HostInterface {
  readonly stdout: Capture;
  readonly stderr: Capture;
  /** Bytes written to both since `restart`. */
  written = 0;
  private input: Uint8Array;
  private readonly contents: ReadonlyMap<string, Uint8Array>;
  private readonly folders: ReadonlySet<string>;
  private readonly own: HostInterface;

  constructor(options: PythonOptions) {
    this.own = options.host ?? {};
    this.stdout = new Capture(options.stdout ?? null);
    this.stderr = new Capture(options.stderr ?? null);
    this.input = new TextEncoder().encode(options.stdin ?? '');
    this.contents = new Map(Object.entries(options.files ?? {}).map(([path, data]) => [path, bytesOf(data)]));
    this.folders = new Set([...this.contents.keys()].flatMap(foldersAbove));
  }

  write(fd: number, data: Uint8Array): void {
    this.written += data.length;
    (fd === 2 ? this.stderr : this.stdout).write(data);
  }

  read(_fd: number, length: number): Uint8Array {
    const part = this.input.subarray(0, length);
    this.input = this.input.subarray(part.length);
    return part;
  }

  readFile(path: string): Uint8Array | null {
    return this.contents.get(path) ?? this.own.readFile?.(path) ?? null;
  }

  statPath(path: string): 'file' | 'folder' | null {
    if (this.contents.has(path)) return 'file';
    return this.folders.has(path) ? 'folder' : (this.own.statPath?.(path) ?? null);
  }

  listFolder(path: string): readonly string[] | null {
    if (!this.folders.has(path)) return this.own.listFolder?.(path) ?? null;
    const prefix = path === '/' ? '/' : `${path}/`;
    const below = [...this.contents.keys()].filter((name) => name.startsWith(prefix));
    return [...new Set(below.map((name) => name.slice(prefix.length).split('/', 1)[0] ?? ''))];
  }

  /** Lines written to a terminal are not held back. */
  isTerminal(fd: number): boolean {
    return this.own.isTerminal?.(fd) ?? false;
  }
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/') || '/');
}

/** `captured` with everything else of the embedder's host, and the library's files. */
export function completeHost(captured: EmbedHost, options: PythonOptions): HostInterface {
  const whole = new Proxy(captured as HostInterface, {
    get(target, key: keyof HostInterface) {
      const owner = key in target ? target : (options.host ?? {});
      const value: unknown = Reflect.get(owner, key);
      return typeof value === 'function' ? (value.bind(owner) as unknown) : value;
    },
  });
  return options.library ? withLibrary(whole, options.library) : whole;
}
