/** The standard library's pack, cut into pieces that any static server can serve: a program fetches those of the modules it imports. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { PIECE_BYTES } from '../src/shared/pieces.ts';

const PACK = fileURLToPath(new URL('../../cli/dist/library.pack', import.meta.url));

/** Writes `library/000.bin` and so on beside the page, or serves them. */
export function libraryPlugin(): Plugin {
  return {
    name: 'moult-library',
    configureServer(server) {
      server.middlewares.use('/library', (request, response) => {
        const number = Number(/\/(\d+)\.bin/.exec(request.url ?? '')?.[1]);
        const data = existsSync(PACK) ? readFileSync(PACK) : Buffer.alloc(0);
        response.end(data.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES));
      });
    },
    generateBundle() {
      if (!existsSync(PACK)) {
        this.warn('the page gets no standard library: run `npm run build -- cli` first');
        return;
      }
      const data = readFileSync(PACK);
      for (let number = 0; number * PIECE_BYTES < data.length; number++) {
        this.emitFile({
          type: 'asset',
          fileName: `library/${String(number).padStart(3, '0')}.bin`,
          source: data.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES),
        });
      }
    },
  };
}
