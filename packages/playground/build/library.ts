/** The standard library's pack, cut into pieces that any static server can serve: a program fetches those of the modules it imports. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { CHARACTER_DATA_FILE, PIECE_BYTES, pieceName } from '../src/shared/pieces.ts';
import { CHARACTER_DATA } from './engine.ts';

const PACK = fileURLToPath(new URL('../../cli/dist/library.pack', import.meta.url));

/** What `ucd-data.ts` exports, unpacked: UTF-8. Fails if the file has another form. */
export function characterData(): Uint8Array {
  const text = /^export const UCD_DATA = `([^`]*)`/m.exec(readFileSync(CHARACTER_DATA, 'utf8'))?.[1];
  if (text === undefined) throw new Error(`${CHARACTER_DATA} does not export UCD_DATA as a template literal`);
  return inflateSync(Buffer.from(text, 'base64'));
}

/** The library's files by name; only the character data if the pack has not been made. */
function* filesOf(): Generator<[name: string, data: Uint8Array]> {
  yield [CHARACTER_DATA_FILE, characterData()];
  if (!existsSync(PACK)) return;
  const data = readFileSync(PACK);
  for (let at = 0; at < data.length; at += PIECE_BYTES) {
    yield [pieceName(at / PIECE_BYTES), data.subarray(at, at + PIECE_BYTES)];
  }
}

/** Writes `library/000.bin` and so on beside the page, or serves them. */
export function libraryPlugin(): Plugin {
  return {
    name: 'moult-library',
    configureServer(server) {
      server.middlewares.use('/library', (request, response) => {
        const wanted = (request.url ?? '').slice(1);
        const found = [...filesOf()].find(([name]) => name === wanted);
        response.statusCode = found === undefined ? 404 : 200;
        response.end(found?.[1]);
      });
    },
    generateBundle() {
      if (!existsSync(PACK)) this.warn('the page gets no standard library: run `npm run build -- cli` first');
      for (const [name, source] of filesOf()) this.emitFile({ type: 'asset', fileName: `library/${name}`, source });
    },
  };
}
