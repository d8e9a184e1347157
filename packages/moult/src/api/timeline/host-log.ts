/**
 * What a program got from outside, in order: clocks, randomness, input, files. While a run is recorded the host answers, and its answers
 * are kept; while a part of it is run again they are given once more, and the host is not asked. So nothing that the program wrote
 * outside is written twice, and every run of a part is like the first.
 *
 * *Lookups* tell what is there and change nothing. Whether one is made may depend on what a cache holds, which no snapshot has: so they
 * have no place in the order, and are answered as they were last answered before that moment.
 */
import type { HostInterface } from '../../core/host.ts';

/** Who answers. */
export const enum Answers {
  /** The host, and what it says is kept. */
  Recorded = 0,
  /** What was kept. */
  Repeated = 1,
  /** The host, and nobody remembers: for what is evaluated beside the program. */
  Forgotten = 2,
}

interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly threw: boolean;
}

interface Lookup extends Entry {
  /** How many entries there were. */
  readonly at: number;
}

const LOOKUPS = new Set(['readFile', 'statPath', 'listFolder', 'isTerminal', 'environment', 'workingFolder']);

export class HostLog {
  answers: Answers = Answers.Recorded;
  /** Index of the next entry to be repeated. */
  at = 0;
  readonly #entries: Entry[] = [];
  /** By name and first argument, ascending. */
  readonly #lookups = new Map<string, Lookup[]>();

  /** The host as the program is to see it. */
  wrap(host: HostInterface): HostInterface {
    return this.#wrapped(host, '');
  }

  /** The answer to a call, from where `answers` says. */
  call<R>(name: string, ask: () => R): R {
    if (this.answers === Answers.Forgotten) return ask();
    if (this.answers === Answers.Repeated && this.at < this.#entries.length) return this.#repeat(name) as R;
    return this.#record(name, ask, (entry) => {
      this.at = this.#entries.push(entry);
    });
  }

  #repeat(name: string): unknown {
    const entry = this.#entries[this.at++] as Entry;
    if (entry.name !== name) throw new Error(`the program asks for ${name}, at first it asked for ${entry.name}`);
    return answerOf(entry);
  }

  #lookUp(key: string, ask: () => unknown): unknown {
    if (this.answers === Answers.Forgotten) return ask();
    const known = this.#lookups.get(key) ?? [];
    const last = known.findLast((lookup) => lookup.at <= this.at) ?? known[0];
    if (this.answers === Answers.Repeated && last !== undefined) return answerOf(last);
    return this.#record(key, ask, (entry) => {
      this.#lookups.set(key, [...known, { ...entry, at: this.at }]);
    });
  }

  /** Asks, and keeps the answer, which may be an error. */
  #record<R>(name: string, ask: () => R, keep: (entry: Entry) => void): R {
    try {
      const value = ask();
      keep({ name, value: owned(value), threw: false });
      return value;
    } catch (error) {
      keep({ name, value: error, threw: true });
      throw error;
    }
  }

  #wrapped<T extends object>(target: T, path: string): T {
    const known = new Map<PropertyKey, unknown>();
    return new Proxy(target, {
      get: (_, key) => {
        if (!known.has(key)) known.set(key, this.#member(target, key, `${path}${String(key)}`));
        return known.get(key);
      },
    });
  }

  #member(target: object, key: PropertyKey, name: string): unknown {
    const value: unknown = Reflect.get(target, key);
    if (typeof value !== 'function')
      return typeof value === 'object' && value !== null ? this.#wrapped(value, `${name}.`) : value;
    if (!LOOKUPS.has(name))
      return (...args: unknown[]) => this.call(name, () => Reflect.apply(value, target, args) as unknown);
    return (...args: unknown[]) =>
      this.#lookUp(`${name} ${String(args[0])}`, () => Reflect.apply(value, target, args) as unknown);
  }
}

function answerOf({ value, threw }: Entry): unknown {
  if (threw) throw value;
  return owned(value);
}

/** Bytes may be changed by whoever gets them. */
function owned(value: unknown): unknown {
  return value instanceof Uint8Array ? value.slice() : value;
}
