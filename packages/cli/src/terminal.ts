/** The session at a terminal, as the worker has it: blocks of several lines, running them, completion. The keyboard is the main thread's
 *  (`bin/session.cjs`), which can hear of Ctrl-C while a statement runs. */
import { completions, isBlank, isIncomplete, promptText, runStatement, setPrompts } from 'moult';
import type { Runtime } from 'moult';

/** From the keyboard. */
export type FromKeyboard =
  | { readonly kind: 'line'; readonly line: string }
  /** Ctrl-C at the prompt. */
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'complete'; readonly line: string }
  /** Ctrl-D. */
  | { readonly kind: 'end' };

/** To it. A prompt gives it the terminal until it says something. */
export type ToKeyboard =
  | { readonly kind: 'prompt'; readonly text: string }
  | { readonly kind: 'completions'; readonly found: readonly string[]; readonly word: string };

/** The end of a message port that the session needs. */
export interface Keyboard {
  on(event: 'message', hear: (message: FromKeyboard) => void): unknown;
  off(event: 'message', hear: (message: FromKeyboard) => void): unknown;
  postMessage(message: ToKeyboard): void;
}

/** Runs statements until Ctrl-D or SystemExit. Resolves to the exit code. */
export function runTerminal(rt: Runtime, keyboard: Keyboard, write: (text: string) => void): Promise<number> {
  setPrompts(rt);
  return new Promise((resolve) => {
    let source = '';
    const prompt = (): void => keyboard.postMessage({ kind: 'prompt', text: promptOf(rt, source) });
    const finish = (code: number): void => {
      keyboard.off('message', hear);
      resolve(code);
    };
    const take = (line: string): void => {
      source += `${line}\n`;
      if (!isBlank(source) && isIncomplete(source)) return prompt();
      const statement = source;
      source = '';
      const exitCode = isBlank(statement) ? null : runStatement(rt, statement).exitCode;
      if (exitCode === null) prompt();
      else finish(exitCode);
    };
    const hear = (message: FromKeyboard): void => {
      switch (message.kind) {
        case 'line':
          return take(message.line);
        case 'interrupt':
          source = '';
          return prompt();
        case 'complete':
          return keyboard.postMessage({ kind: 'completions', ...completionsFor(rt, message.line) });
        case 'end':
          write('\n');
          return finish(0);
      }
    };
    keyboard.on('message', hear);
    prompt();
  });
}

const promptOf = (rt: Runtime, source: string): string => promptText(rt, source === '' ? 'ps1' : 'ps2');

/** Of the dotted name before the cursor. */
function completionsFor(rt: Runtime, line: string): { found: readonly string[]; word: string } {
  const word = /[\w.]*$/.exec(line)?.[0] ?? '';
  return { found: word === '' ? [] : completions(rt, word), word };
}
