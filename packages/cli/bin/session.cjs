'use strict';
// The keyboard of a session: line editing, history, completion. It belongs to the main thread, which can hear of Ctrl-C while a statement
// runs. The worker says what to ask for, is given lines, and has the terminal to itself until it asks again (src/terminal.ts).
const { appendFileSync, readFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const HISTORY_FILE = join(homedir(), '.moult_history');
const HISTORY_LINES = 1000;

class Session {
  #worker;
  #interrupt;
  #lines;
  /** Takes the answers to questions for completions, in their order. */
  #completing = [];
  /** Lines that came while the worker had the terminal: several at once, when text is pasted. */
  #early = [];
  #isBusy = true;
  #ended = false;

  /** `interrupt`: whether the program is to be asked for KeyboardInterrupt. */
  constructor(worker, interrupt) {
    this.#worker = worker;
    this.#interrupt = interrupt;
    this.#lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      history: readHistory(),
      historySize: HISTORY_LINES,
      completer: (line, done) => this.#complete(line, done),
    });
    this.#lines.on('line', (line) => this.#take(line));
    this.#lines.on('SIGINT', () => this.#leaveLine());
    this.#lines.on('close', () => {
      if (!this.#ended) this.#worker.postMessage({ kind: 'end' });
    });
  }

  /** What the worker says. */
  hear(message) {
    if (this.#ended) return;
    if (message.kind === 'completions') this.#completing.shift()?.(null, [message.found, message.word]);
    else if (message.kind === 'prompt') this.#prompt(message.text);
  }

  /** Gives the terminal back. */
  end() {
    if (this.#ended) return;
    this.#ended = true;
    this.#lines.close();
  }

  #prompt(text) {
    // What came too late for the last statement is not for the next one.
    Atomics.store(this.#interrupt, 0, 0);
    this.#isBusy = false;
    const line = this.#early.shift();
    if (line !== undefined) {
      process.stdout.write(`${text}${line}\n`);
      this.#send(line);
      return;
    }
    process.stdin.setRawMode(true);
    this.#lines.resume();
    this.#lines.setPrompt(text);
    this.#lines.prompt();
  }

  /** The terminal is in its ordinary mode, and nobody else reads from it, while the worker has it. */
  #take(line) {
    if (line.trim() !== '') remember(line);
    if (this.#isBusy) {
      this.#early.push(line);
      return;
    }
    this.#lines.pause();
    process.stdin.setRawMode(false);
    this.#send(line);
  }

  #send(line) {
    this.#isBusy = true;
    this.#worker.postMessage({ kind: 'line', line });
  }

  #leaveLine() {
    process.stdout.write('\nKeyboardInterrupt\n');
    this.#lines.line = '';
    this.#lines.cursor = 0;
    this.#early = [];
    this.#worker.postMessage({ kind: 'interrupt' });
  }

  /** At the start of a line, Tab indents. */
  #complete(line, done) {
    if (line.trim() === '') return done(null, [[`${line}    `], line]);
    this.#completing.push(done);
    this.#worker.postMessage({ kind: 'complete', line });
  }
}

/** Newest first, as readline wants it. */
function readHistory() {
  try {
    return readFileSync(HISTORY_FILE, 'utf8').trimEnd().split('\n').slice(-HISTORY_LINES).reverse();
  } catch {
    return [];
  }
}

function remember(line) {
  try {
    appendFileSync(HISTORY_FILE, `${line}\n`);
  } catch {
    // A session without a place for its history is a session all the same.
  }
}

module.exports = { Session };
