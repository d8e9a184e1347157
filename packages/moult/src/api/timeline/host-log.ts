/**
 * What a program got from outside, in order: clocks, randomness, input, files. While a run is recorded the host answers, and its answers
 * are kept; while a part of it is run again they are given once more, and the host is not asked. So nothing that the program wrote
 * outside is written twice, and every run of a part is like the first.
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

export class HostLog {
  answers: Answers = Answers.Recorded;
  /** Index of the next entry to be repeated. */
  at = 0;
  readonly #entries: Entry[] = [];

  /** The host as the program is to see it. */
  wrap(host: HostInterface): HostInterface {
    return this.#wrapped(host, '');
  }

  /** The answer to a call, from where `answers` says. */
  call<R>(name: string, ask: () => R): R {
    if (this.answers === Answers.Forgotten) return ask();
    if (this.answers === Answers.Repeated && this.at < this.#entries.length) return this.#repeat(name) as R;
    this.at = this.#entries.length + 1;
    try {
      const value = ask();
      this.#entries.push({ name, value: owned(value), threw: false });
      return value;
    } catch (error) {
      this.#entries.push({ name, value: error, threw: true });
      throw error;
    }
  }

  #repeat(name: string): unknown {
    const entry = this.#entries[this.at++] as Entry;
    if (entry.name !== name) throw new Error(`the program asks for ${name}, at first it asked for ${entry.name}`);
    if (entry.threw) throw entry.value;
    return owned(entry.value);
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
    if (typeof value === 'function')
      return (...args: unknown[]) => this.call(name, () => Reflect.apply(value, target, args) as unknown);
    return typeof value === 'object' && value !== null ? this.#wrapped(value, `${name}.`) : value;
  }
}

/** Bytes may be changed by whoever gets them. */
function owned(value: unknown): unknown {
  return value instanceof Uint8Array ? value.slice() : value;
}
