/** The standard library in the worker: fetched in pieces, when a module is imported, while the program waits. */
import { openPack } from 'moult';
import type { LibraryPack } from 'moult';
import { CHARACTER_DATA_FILE, PIECE_BYTES, pieceName } from '../shared/pieces.ts';

/** The pack whose pieces lie below `url` (with a slash at its end); null if there is none. */
export function openLibrary(url: string): LibraryPack | null {
  const pieces = new Map<number, Uint8Array>();
  const piece = (number: number): Uint8Array => {
    let data = pieces.get(number);
    if (data === undefined) pieces.set(number, (data = fetchNow(`${url}${pieceName(number)}`)));
    return data;
  };
  try {
    return openPack((offset, length) => read(piece, offset, length));
  } catch (error) {
    if (error instanceof LibraryMissing) return null;
    throw error;
  }
}

/** The character data, fetched once. The bundle asks for it by the name `characterData` (`build/engine.ts`). */
export function lendCharacterData(url: string): void {
  let text: string | null = null;
  Object.assign(self, {
    characterData: () => (text ??= new TextDecoder().decode(fetchNow(`${url}${CHARACTER_DATA_FILE}`))),
  });
}

class LibraryMissing extends Error {
  override readonly name = 'LibraryMissing';
}

/** A program cannot wait for a promise in the middle of an import; a worker may wait for a request. */
function fetchNow(url: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  try {
    request.send();
  } catch {
    throw new LibraryMissing(`${url} cannot be reached`);
  }
  if (request.status !== 200) throw new LibraryMissing(`${url}: ${request.status}`);
  return new Uint8Array(request.response as ArrayBuffer);
}

function read(piece: (number: number) => Uint8Array, offset: number, length: number): Uint8Array {
  const data = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const at = offset + done;
    const from = piece(Math.floor(at / PIECE_BYTES));
    const start = at % PIECE_BYTES;
    const part = from.subarray(start, Math.min(start + length - done, PIECE_BYTES));
    if (part.length === 0) throw new RangeError(`the library pack ends at ${at}`);
    data.set(part, done);
    done += part.length;
  }
  return data;
}
