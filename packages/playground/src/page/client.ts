/** The page's end of the worker: questions and answers, and a new worker when one no longer answers. */
import coreUrl from 'virtual:engine-core';
import fullUrl from 'virtual:engine-full';
import { EARLY_REQUEST } from '../shared/early.ts';
import type { EarlyEngine } from '../shared/early.ts';
import { needsFull } from '../shared/imports.ts';
import type { Answers, FromWorker, Request, ToWorker, Written } from '../shared/protocol.ts';

/** Milliseconds after which a worker is given up: it is in the middle of an operation that nothing can stop. */
const PATIENCE = 15_000;

interface Waiting {
  readonly resolve: (answer: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: number;
}

/** The engine that the page's head started. Given once. */
function takeEarly(): EarlyEngine | null {
  const early = self.earlyEngine ?? null;
  delete self.earlyEngine;
  return early;
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
  #early: EarlyEngine | null;
  #numbers = EARLY_REQUEST;

  /** `written` gets what a program writes while it runs for the first time. */
  constructor(written: (written: Written) => void, patience = PATIENCE) {
    this.#written = written;
    this.#patience = patience;
    this.#early = takeEarly();
    this.#worker = this.#start(this.#early?.worker);
  }

  /** Asks; rejects with `Stopped` if there will be no answer. */
  ask<R extends Request>(request: R): Promise<AnswerTo<R>> {
    if (request.ask === 'run') this.#choose(request.program.source);
    const early = this.#takeEarly(request);
    const number = early === null ? ++this.#numbers : EARLY_REQUEST;
    return new Promise((resolve, reject) => {
      const timer = self.setTimeout(() => this.stop('The program did not answer, and was stopped.'), this.#patience);
      this.#waiting.set(number, { resolve: (answer) => resolve(answer as AnswerTo<R>), reject, timer });
      if (early === null) this.#send({ kind: 'request', number, request });
      else this.#hear(early);
    });
  }

  /** The engine that was asked this before; null if it was asked something else, or nothing. */
  #takeEarly(request: Request): EarlyEngine | null {
    const early = this.#early;
    this.#early = null;
    if (early === null) return null;
    if (request.ask === 'run' && request.program.source === early.source) return early;
    if (early.source === null) this.#hear(early);
    else this.stop('The program was stopped.');
    return null;
  }

  /** What an early engine says from now on, and has said. */
  #hear({ worker, heard }: EarlyEngine): void {
    worker.onmessage = null;
    this.#listen(worker);
    for (const message of heard) this.#receive(message);
  }

  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Ends the worker, whatever it does, and starts another one, which knows no program. */
  stop(message: string): void {
    this.#early = null;
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

  #start(started?: Worker): Worker {
    const worker = started ?? new Worker(this.#url);
    worker.addEventListener('error', (event) => this.stop(`The engine failed: ${event.message}`));
    if (started !== undefined) return worker;
    this.#listen(worker);
    worker.postMessage({ kind: 'start', library: new URL('./library/', document.baseURI).href } satisfies ToWorker);
    return worker;
  }

  #listen(worker: Worker): void {
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#receive(event.data));
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
