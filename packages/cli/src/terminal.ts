/** The session at a terminal: line editing, history, completion, blocks of several lines. */
import { appendFileSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { completions, isBlank, isIncomplete, promptText, runStatement, setPrompts } from 'moult';
import type { Runtime } from 'moult';

const HISTORY_FILE = join(homedir(), '.moult_history');
const HISTORY_LINES = 1000;

/** Reads and runs statements until Ctrl-D or SystemExit. Resolves to the exit code. */
export function runTerminal(rt: Runtime, banner: string): Promise<number> {
  process.stdout.write(banner);
  setPrompts(rt);
  return new Promise((resolve) => {
    new Session(rt, resolve).prompt();
  });
}

class Session {
  private readonly rt: Runtime;
  private readonly finish: (code: number) => void;
  private readonly lines: Interface;
  private source = '';
  private ended = false;

  constructor(rt: Runtime, finish: (code: number) => void) {
    this.rt = rt;
    this.finish = finish;
    this.lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      history: readHistory(),
      historySize: HISTORY_LINES,
      completer: (line: string) => this.complete(line),
    });
    this.lines.on('line', (line) => {
      this.take(line);
    });
    this.lines.on('SIGINT', () => {
      this.interrupt();
    });
    this.lines.on('close', () => {
      if (!this.ended) this.end(0, '\n');
    });
  }

  prompt(): void {
    this.lines.setPrompt(promptText(this.rt, this.source === '' ? 'ps1' : 'ps2'));
    this.lines.prompt();
  }

  private take(line: string): void {
    if (line.trim() !== '') remember(line);
    this.source += `${line}\n`;
    const source = this.source;
    if (!isBlank(source) && isIncomplete(source)) {
      this.prompt();
      return;
    }
    this.source = '';
    if (!isBlank(source) && this.run(source)) return;
    this.prompt();
  }

  /** Runs a statement with the terminal in its ordinary mode. True if the session ended. */
  private run(source: string): boolean {
    this.lines.pause();
    process.stdin.setRawMode(false);
    const { exitCode } = runStatement(this.rt, source);
    if (exitCode !== null) {
      this.end(exitCode, '');
      return true;
    }
    process.stdin.setRawMode(true);
    this.lines.resume();
    return false;
  }

  private interrupt(): void {
    this.source = '';
    process.stdout.write('\nKeyboardInterrupt\n');
    (this.lines as Interface & { line: string }).line = '';
    this.prompt();
  }

  private end(code: number, text: string): void {
    this.ended = true;
    process.stdout.write(text);
    this.lines.close();
    this.finish(code);
  }

  /** Completes the dotted name before the cursor; at the start of a line, Tab indents. */
  private complete(line: string): [string[], string] {
    if (line.trim() === '') return [[`${line}    `], line];
    const name = /[\w.]*$/.exec(line)?.[0] ?? '';
    return name === '' ? [[], ''] : [completions(this.rt, name), name];
  }
}

/** Newest first, as readline wants it. */
function readHistory(): string[] {
  try {
    return readFileSync(HISTORY_FILE, 'utf8').trimEnd().split('\n').slice(-HISTORY_LINES).reverse();
  } catch {
    return [];
  }
}

function remember(line: string): void {
  try {
    appendFileSync(HISTORY_FILE, `${line}\n`);
  } catch {
    // A session without a place for its history is a session all the same.
  }
}
