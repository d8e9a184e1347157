/** Monty: a Python subset in Rust. It has no clock: the lines that import one are cut, and `clock()` is a function of the host. */
import { createRequire } from 'node:module';
import { packageVersion, print, serve } from './host.mjs';

const CLOCK_IMPORT = /try:\n {4}from time import perf_counter as clock\nexcept .*\n {4}from time import time as clock\n/;

const folder = process.argv[2] ?? '.';
await serve({
  version: packageVersion(folder, '@pydantic/monty'),
  start: async () => {
    const { Monty, MontyComplete, MontyNameLookup } = await import(
      createRequire(`${folder}/`).resolve('@pydantic/monty')
    );
    const printCallback = (/** @type {string} */ _, /** @type {string} */ text) => print(text);
    return (source) => {
      let state = new Monty(source.replace(CLOCK_IMPORT, '\n\n\n\n')).start({ printCallback });
      while (!(state instanceof MontyComplete)) {
        state = state instanceof MontyNameLookup ? state.resume() : state.resume(answer(state.functionName));
      }
    };
  },
});

/** @param {string} name  of a function that the program calls */
function answer(name) {
  if (name === 'clock') return { returnValue: performance.now() / 1000 + 1e-9 };
  return { exception: { type: 'NameError', message: `name '${name}' is not defined` } };
}
