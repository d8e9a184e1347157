/** Interactive sessions: prompts and echoes as CPython's, from a pipe here and from a terminal in `terminal.ts`. */
import { isBlank, isIncomplete, promptText, runStatement, setPrompts } from 'moult';
import type { Runtime } from 'moult';
import type { NodeHost } from './host.ts';

/** What a session starts with. */
export const BANNER =
  'Python 3.12.1 (Moult 0.1.0) on linux\nType "help", "copyright", "credits" or "license" for more information.\n';

/** Reads and runs statements until the end of input or SystemExit. Returns the exit code. */
export function runInteractive(rt: Runtime, host: NodeHost, quiet: boolean): number {
  const errors = (text: string): void => {
    host.write(2, new TextEncoder().encode(text));
  };
  if (!quiet) errors(BANNER);
  setPrompts(rt);
  const lines = new LineReader(host);
  for (;;) {
    const source = readStatement(rt, lines, errors);
    if (source === null) {
      errors('\n');
      return 0;
    }
    if (isBlank(source)) continue;
    const { exitCode } = runStatement(rt, source);
    if (exitCode !== null) return exitCode;
  }
}

/** The lines of one statement, null at the end of input. */
function readStatement(rt: Runtime, lines: LineReader, errors: (text: string) => void): string | null {
  let source = '';
  for (;;) {
    errors(promptText(rt, source === '' ? 'ps1' : 'ps2'));
    const line = lines.next();
    if (line === null) return source === '' ? null : source;
    source += line.endsWith('\n') ? line : `${line}\n`;
    if (source === '\n' || (isBlank(source) && !source.includes('\n\n'))) return source;
    if (!isIncomplete(source)) return source;
  }
}

/** Lines of standard input, shared with nobody: what the program reads itself comes after what was taken here. */
class LineReader {
  private pending = '';
  private readonly decoder = new TextDecoder();
  private readonly host: NodeHost;

  constructor(host: NodeHost) {
    this.host = host;
  }

  next(): string | null {
    for (;;) {
      const end = this.pending.indexOf('\n');
      if (end >= 0) return this.take(end + 1);
      const data = this.host.read(0, 4096);
      if (data.length === 0) return this.pending === '' ? null : this.take(this.pending.length);
      this.pending += this.decoder.decode(data, { stream: true });
    }
  }

  private take(n: number): string {
    const line = this.pending.slice(0, n);
    this.pending = this.pending.slice(n);
    return line;
  }
}
