/** The worker's door: one request after the other. */
import { prepareRuntimes } from 'moult';
import type { LibraryPack } from 'moult';
import { NO_OPTIONS } from '../shared/protocol.ts';
import type { Answers, FromWorker, Request, ToWorker } from '../shared/protocol.ts';
import { lendCharacterData, openLibrary } from './library.ts';
import { needsLibrary } from '../shared/imports.ts';
import { Session } from './session.ts';

const post = (message: FromWorker): void => {
  self.postMessage(message);
};

class Door {
  #library: LibraryPack | null | undefined;
  #libraryUrl = '';
  #session: Session | null = null;

  receive(message: ToWorker): void {
    if (message.kind === 'start') {
      this.#libraryUrl = message.library;
      lendCharacterData(message.library);
      post({ kind: 'ready' });
      return;
    }
    const { number, request } = message;
    try {
      post({ kind: 'answer', number, answer: this.#answer(request) });
    } catch (error) {
      post({ kind: 'failed', number, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #answer(request: Request): Answers[keyof Answers] {
    if (request.ask === 'run') {
      this.#session = null;
      if (needsLibrary(request.program.source)) this.#library ??= openLibrary(this.#libraryUrl);
      this.#session = new Session(request.program, this.#library ?? null, (written) =>
        post({ kind: 'written', written }),
      );
      const { recording } = this.#session;
      return { recording, view: this.#session.view(this.#session.momentAt(request.line), NO_OPTIONS) };
    }
    if (this.#session === null) throw new Error('no program has been run');
    switch (request.ask) {
      case 'view':
        return this.#session.view(request.moment, request.options);
      case 'object':
        return this.#session.object(request.moment, request.id);
      case 'theatre':
        return this.#session.theatre(request.collection);
      case 'evaluate':
        return this.#session.evaluate(request.moment, request.source);
    }
  }
}

const door = new Door();
self.addEventListener('message', (event: MessageEvent<ToWorker>) => door.receive(event.data));
// While the page draws itself, before it says which program.
prepareRuntimes();
