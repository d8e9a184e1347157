/** A CPython that stays: it has imported what programs share, and forks for each of them (see sitecustomize.py). */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { decode } from '../../compare.ts';
import type { Outcome } from '../outcome.ts';
import { cleanEnvironment } from './cpython.ts';

export interface ServerOptions {
  /** the interpreter */
  readonly python: string;
  /** the folder with sitecustomize.py */
  readonly site: string;
  /** where the program and its output lie */
  readonly folder: string;
  /** what is imported before the first program */
  readonly modules: readonly string[];
  /** whether programs are kept from changing what is outside of them */
  readonly confined: boolean;
  readonly seconds: number;
  /** address space of a program; 0: unlimited */
  readonly megabytes: number;
}

export class CPythonServer {
  #child: ChildProcess | null = null;
  #answer: ((status: number | null) => void) | null = null;

  constructor(readonly options: ServerOptions) {}

  /** Runs `program.py` of the folder. Fails if CPython cannot be started. */
  async run(): Promise<Outcome> {
    const child = (this.#child ??= this.#start());
    const status = await new Promise<number | null>((resolve) => {
      this.#answer = resolve;
      (child.stdio[3] as Duplex).write(`${this.options.seconds} ${this.options.megabytes}\n`);
    });
    if (status === null) throw new Error('the CPython server ended');
    const [out, err] = [this.#read('out'), this.#read('err')];
    return { out, err, exitCode: (status & 0x7f) === 0 ? status >> 8 : null, broken: null };
  }

  close(): void {
    this.#child?.kill();
    this.#child = null;
  }

  #read(name: string): string {
    return decode(readFileSync(join(this.options.folder, name)));
  }

  #start(): ChildProcess {
    const { python, site, folder, modules, confined } = this.options;
    const settings = [join(folder, 'out'), join(folder, 'err'), confined ? 'confined' : '', ...modules];
    const child = spawn(python, ['-X', 'utf8', '-B', join(folder, 'program.py')], {
      cwd: folder,
      env: { ...cleanEnvironment(), PYTHONPATH: site, MOULT_FUZZ: settings.join('\n') },
      stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'pipe'],
    });
    let text = '';
    (child.stdio[4] as Duplex).on('data', (data: Buffer) => {
      text += data.toString();
      if (!text.endsWith('\n')) return;
      this.#answer?.(Number(text));
      text = '';
    });
    child.on('close', () => {
      if (this.#child !== child) return;
      this.#answer?.(null);
      this.#child = null;
    });
    return child;
  }
}
