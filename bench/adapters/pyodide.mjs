/** Pyodide: CPython compiled to WebAssembly. */
import { packageVersion, print, serve } from './host.mjs';

const folder = process.argv[2] ?? '.';
await serve({
  version: packageVersion(folder, 'pyodide'),
  start: async () => {
    const { loadPyodide } = await import(`${folder}/node_modules/pyodide/pyodide.mjs`);
    const py = await loadPyodide();
    py.setStdout({ batched: (/** @type {string} */ line) => print(`${line}\n`) });
    return (source) => {
      const globals = py.toPy({ __name__: '__main__' });
      py.runPython(source, { globals });
      globals.destroy();
    };
  },
});
