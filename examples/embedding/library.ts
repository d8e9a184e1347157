import { openSync, readSync } from 'node:fs';
import { createPython, openPack } from 'moult';

// Written by `npm run build`; read piece by piece, as modules are imported.
const file = openSync('packages/cli/dist/library.pack', 'r');
const library = openPack((offset, length) => {
  const data = new Uint8Array(length);
  readSync(file, data, 0, length, offset);
  return data;
});

using python = createPython({ library });
using json = python.import('json');
using text = json.invoke('dumps', { a: [1, 2, null] });
console.log(text.toJs());

// prints:
// {"a": [1, 2, null]}
