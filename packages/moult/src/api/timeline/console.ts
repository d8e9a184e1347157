/** What a recorded program writes, by the step at which it does; and apart from it what is written by what is evaluated beside it. */

export interface Written {
  readonly step: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export class Console {
  /** By the program, in order. */
  readonly written: Written[] = [];
  /** Where texts go: to the program's own, to `aside`, or nowhere. */
  target: 'program' | 'aside' | 'nowhere' = 'nowhere';
  aside = '';
  /** Told of what the program writes. */
  wrote: ((stream: Written['stream'], text: string) => void) | null = null;
  readonly #now: () => number;

  /** `now`: the step that is being made. */
  constructor(now: () => number) {
    this.#now = now;
  }

  write(stream: Written['stream'], text: string): void {
    if (this.target === 'program') {
      this.written.push({ step: this.#now(), stream, text });
      this.wrote?.(stream, text);
    } else if (this.target === 'aside') this.aside += text;
  }

  /** What was written before a step. */
  before(step: number): { readonly stdout: string; readonly stderr: string } {
    const early = this.written.filter((part) => part.step < step);
    const textOf = (stream: Written['stream']): string =>
      early.flatMap((part) => (part.stream === stream ? [part.text] : [])).join('');
    return { stdout: textOf('stdout'), stderr: textOf('stderr') };
  }
}
