/** MicroPython compiled to WebAssembly, with a heap that holds the programs' objects. */
import { packageVersion, print, serve } from './host.mjs';

const HEAP_BYTES = 1 << 30;
const NAME = '@micropython/micropython-webassembly-pyscript';

const folder = process.argv[2] ?? '.';
await serve({
  version: packageVersion(folder, NAME),
  start: async () => {
    const { loadMicroPython } = await import(`${folder}/node_modules/${NAME}/micropython.mjs`);
    const stdout = (/** @type {string} */ line) => print(`${line}\n`);
    const python = await loadMicroPython({ stdout, linebuffer: true, heapsize: HEAP_BYTES });
    return (source) => python.runPython(source);
  },
});
