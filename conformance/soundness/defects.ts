/** What went wrong, without saying the same twice. */

interface Defect {
  readonly text: string;
  times: number;
}

/** Collects defects; those that differ only in numbers count as one. */
export class Defects {
  readonly #found = new Map<string, Defect>();

  constructor(readonly most: number) {}

  /** Whether there are so many that a sweep may stop. */
  get isFull(): boolean {
    return this.#found.size >= this.most;
  }

  /** Adds what `attempt` answered.  @param where at which place of the sweep  @param inside frames of the runtime's own code */
  add(where: string, what: string | null, inside = ''): void {
    if (what === null) return;
    const key = `${what.split('\n')[0]} ${firstFrames(inside)}`.replace(/\d+/g, 'N');
    const known = this.#found.get(key);
    if (known !== undefined) known.times++;
    else
      this.#found.set(key, { text: [`${where}: ${what}`, inside].filter((part) => part !== '').join('\n'), times: 1 });
  }

  texts(): string[] {
    return [...this.#found.values()].map(({ text, times }) => (times === 1 ? text : `${text}\n(${times} times)`));
  }
}

function firstFrames(stack: string): string {
  return stack
    .split('\n')
    .slice(0, 3)
    .map((line) => line.replace(/\(.*\)/, ''))
    .join(' ');
}

/** What `action` throws, in words; null if nothing. */
export function attempt(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return `thrown: ${String(error)}`;
    const inside = error.name === 'HeapCorruption' ? [] : (error.stack ?? '').split('\n').slice(1, 9);
    return [`${error.name}: ${error.message}`, ...inside].join('\n');
  }
}
