'use strict';
// Runs the release bundle with V8's code cache, so that nothing of it has to be compiled again. The cache lies beside the
// bundle, one for each version of Node; the first run that finds none, or one that V8 refuses, writes it. Where that is
// not possible everything works, more slowly.
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const filename = join(dirname(module.filename), '..', 'dist', 'moult.cjs');
const cacheFile = join(dirname(filename), `moult.${process.version}-${process.arch}.cache`);
const source = readFileSync(filename, 'latin1');
const cachedData = existsSync(cacheFile) ? readFileSync(cacheFile) : undefined;
const script = new Script(Module.wrap(source), { filename, cachedData });
const run = script.runInThisContext();
const bundle = { exports: {} };
run.call(bundle.exports, bundle.exports, require, bundle, filename, dirname(filename));

// V8 compares its flags with those that the cache was made under; a session in the main thread changes them (src/stack.ts).
if (!isMainThread && (cachedData === undefined || script.cachedDataRejected)) {
  process.once('exit', () => {
    bundle.exports.keepImage();
    writeCache();
  });
}

/** Whole or not at all: another process may be reading it. */
function writeCache() {
  const draft = `${cacheFile}.${process.pid}`;
  try {
    writeFileSync(draft, script.createCachedData());
    renameSync(draft, cacheFile);
  } catch {
    // A folder that cannot be written to.
  }
}
