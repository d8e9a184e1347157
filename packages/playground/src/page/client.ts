/** The page's end of the worker: questions and answers, and a new worker when one no longer answers. */
import coreUrl from 'virtual:engine-core';
import fullUrl from 'virtual:engine-full';
import { needsFull } from '../shared/imports.ts';
import type { Answers, FromWorker, Request, ToWorker, Written } from '../shared/protocol.ts';

/** Milliseconds after which a worker is given up: it is in the middle of an operation that nothing can stop. */
const PATIENCE = 15_000;

interface Waiting {
  readonly resolve: (answer: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: number;
}

/** The worker that the page's head starts (`build/engine.ts`), so that it makes itself ready while the page's own code is fetched. Given
 *  once. */
function earlyWorker(): Worker | null {
  const worker = self.earlyEngine ?? null;
  delete self.earlyEngine;
  return worker;
}

/** The worker was given up, or put aside for another program. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

type AnswerTo<R extends Request> = Answers[R['ask']];

export class Client {
  readonly #waiting = new Map<number, Waiting>();
  readonly #written: (written: Written) => void;
  readonly #patience: number;
  #url = coreUrl;
  #worker: Worker;
  #numbers = 0;

  /** `written` gets what a program writes while it runs for the first time. */
  constructor(written: (written: Written) => void, patience = PATIENCE) {
    this.#written = written;
    this.#patience = patience;
    this.#worker = this.#start(earlyWorker());
  }

  /** Asks; rejects with `Stopped` if there will be no answer. */
  ask<R extends Request>(request: R): Promise<AnswerTo<R>> {
    if (request.ask === 'run') this.#choose(request.program.source);
    const number = ++this.#numbers;
    return new Promise((resolve, reject) => {
      const timer = self.setTimeout(() => this.stop('The program did not answer, and was stopped.'), this.#patience);
      this.#waiting.set(number, { resolve: (answer) => resolve(answer as AnswerTo<R>), reject, timer });
      this.#send({ kind: 'request', number, request });
    });
  }

  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Ends the worker, whatever it does, and starts another one, which knows no program. */
  stop(message: string): void {
    this.#worker.terminate();
    this.#worker = this.#start();
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Stopped(message));
    }
    this.#waiting.clear();
  }

  /** Takes the full engine for a program that needs it, and then for all. */
  #choose(source: string): void {
    if (this.#url === fullUrl || !needsFull(source)) return;
    this.#url = fullUrl;
    this.stop('The program was stopped.');
  }

  #start(started: Worker | null = null): Worker {
    const worker = started ?? new Worker(this.#url);
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#receive(event.data));
    worker.addEventListener('error', (event) => this.stop(`The engine failed: ${event.message}`));
    worker.postMessage({ kind: 'start', library: new URL('./library/', document.baseURI).href } satisfies ToWorker);
    return worker;
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'ready') return;
    if (message.kind === 'written') {
      this.#written(message.written);
      return;
    }
    const waiting = this.#waiting.get(message.number);
    if (waiting === undefined) return;
    this.#waiting.delete(message.number);
    clearTimeout(waiting.timer);
    if (message.kind === 'answer') waiting.resolve(message.answer);
    else waiting.reject(new Error(message.message));
  }
}
