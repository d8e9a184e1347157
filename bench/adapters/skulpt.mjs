/** Skulpt: Python compiled to JavaScript. */
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { packageVersion, print, serve } from './host.mjs';

const folder = process.argv[2] ?? '.';
await serve({
  version: packageVersion(folder, 'skulpt'),
  start: async () => {
    for (const name of ['skulpt.min.js', 'skulpt-stdlib.js']) {
      runInThisContext(readFileSync(`${folder}/node_modules/skulpt/dist/${name}`, 'utf8'), { filename: name });
    }
    const { Sk } = /** @type {any} no types are published */ (globalThis);
    const read = (/** @type {string} */ path) => Sk.builtinFiles.files[path] ?? missing(path);
    Sk.configure({ output: print, read, __future__: Sk.python3, execLimit: null });
    return (source) => {
      try {
        Sk.importMainWithBody('<stdin>', false, source, false);
      } catch (error) {
        throw new Error(String(error), { cause: error });
      }
    };
  },
});

/** @param {string} path @returns {never} */
function missing(path) {
  throw new Error(`no such file: ${path}`);
}
