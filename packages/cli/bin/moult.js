#!/usr/bin/env node
// The `moult` command. The program itself is bundled; it runs in a worker, whose stack can be as deep as Python's recursion
// needs. The main thread hears of Ctrl-C, and has the keyboard of a session at a terminal (session.cjs).
// MOULT_TRACE=1 takes the bundle that has event hooks, and so do the commands that listen to a run.
// CommonJS (package.json beside it): Node starts that without its loader of ES modules.
'use strict';
const { existsSync, fstatSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { SHARE_ENV, Worker } = require('node:worker_threads');

/** The worker's stack, in MB: room for some 100,000 JavaScript frames. */
const STACK_MB = 192;
const INTERRUPTED = 130;
const DEAF_MS = 1000;
/** A program that runs longer gets more of the runtime's small functions written into their callers by V8, which saves it up to a quarter of
 *  its time; a short one would lose more by the compiling. Flags set earlier would also make V8 refuse the code caches of the start. */
const LONG_MS = 1500;
const LONG_FLAGS = '--max-inlined-bytecode-size-cumulative=4000';

/** Commands that listen to a run, and those that do if they are to look at a certain moment. */
const LISTENING = new Set(['trace', 'ledger', 'report', 'snapshot']);
const LOOKING = new Set(['why', 'heap']);

const args = process.argv.slice(2);
const traced =
  process.env.MOULT_TRACE === '1' ||
  LISTENING.has(args[0]) ||
  (LOOKING.has(args[0]) && args.some((arg) => /^--at(=|$)/.test(arg)));
const bundle = join(__dirname, '../dist', traced ? 'moult.traced.js' : 'moult.js');
const entry = entryOf(bundle);
if (entry === bundle && !existsSync(bundle)) {
  process.stderr.write('moult: not built yet; run `npm run build` first\n');
  process.exitCode = 2;
} else {
  runInWorker();
}

/** The release bundle is loaded through V8's code cache, unless it was built without that form or after it. */
function entryOf(bundle) {
  const cached = join(__dirname, '../dist/moult.cjs');
  const time = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const usable = !traced && time(cached) >= time(bundle) && time(cached) > 0;
  return usable ? join(__dirname, 'load.cjs') : bundle;
}

/** Whether there is somebody to talk to. Node's module for terminals brings the one for the network with it, so it is asked last. */
function isTerminal() {
  const input = fstatSync(0);
  if (!input.isCharacterDevice() || input.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev) return false;
  return require('node:tty').isatty(0) && require('node:tty').isatty(1);
}

function runInWorker() {
  const interrupt = new Int32Array(new SharedArrayBuffer(8));
  /** Makes the runtime's loop look at `interrupt`, once there is a runtime. */
  let wake = () => {};
  /** Once the program has asked for somebody to talk to. */
  let session = null;
  const worker = new Worker(entry, {
    argv: args,
    env: SHARE_ENV,
    workerData: { interrupt, executable: __filename, terminal: isTerminal() },
    // A program may close its standard streams.
    trackUnmanagedFds: false,
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: 8192 },
  });
  setTimeout(() => require('node:v8').setFlagsFromString(LONG_FLAGS), LONG_MS).unref();
  worker.on('message', (message) => {
    if (message.kind !== 'memory') {
      session ??= new (require('./session.cjs').Session)(worker, interrupt);
      session.hear(message);
      return;
    }
    const words = new Int32Array(message.memory);
    wake = () => Atomics.store(words, message.word, 1);
    if (Atomics.load(interrupt, 0) !== 0) wake();
  });
  worker.on('exit', (code) => {
    session?.end();
    process.exitCode = code;
    if (Atomics.load(interrupt, 1) === 0) return;
    // Nobody caught KeyboardInterrupt: the process ends as SIGINT would have ended it.
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  });
  worker.on('error', (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  });
  process.on('SIGINT', () => {
    // The program is asked to raise KeyboardInterrupt at its next safe point; if it is deaf it ends here: after a while, or if there is
    // somebody to say so, when it is asked again.
    const wasAsked = Atomics.exchange(interrupt, 0, 1) !== 0;
    wake();
    const giveUp = () => {
      if (Atomics.load(interrupt, 0) === 0) return;
      session?.end();
      process.stderr.write('KeyboardInterrupt\n');
      process.exit(INTERRUPTED);
    };
    if (session === null) setTimeout(giveUp, DEAF_MS).unref();
    else if (wasAsked) giveUp();
  });
}
