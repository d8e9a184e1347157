/** One place where programs run in both: a folder, a worker of Moult, a server of CPython, and what the last program did. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED_MODULES } from './generate/prelude.ts';
import { MoultWorker } from './moult.ts';
import { runCPython } from './oracle/cpython.ts';
import { CPythonServer } from './oracle/server.ts';
import { describe, difference, isUndetermined, languageDifference, normalise } from './outcome.ts';
import type { Outcome } from './outcome.ts';

const SECONDS = 20;
/** What a mutant may take: one that never ends is left out. */
const LANGUAGE_SECONDS = 5;
const LANGUAGE_MEGABYTES = 512;
/** An audited program takes many times as long. */
const AUDITED_SECONDS = 180;
/** Runs of a CPython that repeats itself. */
const REPEATS = 3;

export interface BenchOptions {
  /** the interpreter to compare with */
  readonly python: string;
  /** the folder that holds the program; made here */
  readonly folder: string;
  /** path of its library as a pack */
  readonly pack: string;
  /** instructions between audits; null for none */
  readonly audit: number | null;
  /** heat at which code gets a generated function; null for what is usual */
  readonly tier: number | null;
  /** the bundle that is the worker */
  readonly bundle: URL;
  /** folder of sitecustomize.py */
  readonly site: string;
  /** whether programs are about the language: they are confined, and run in Moult only where CPython ends */
  readonly language: boolean;
}

export class Bench {
  readonly #moult: MoultWorker;
  readonly #cpython: CPythonServer;
  readonly #seconds: number;
  #last: readonly [wanted: Outcome, got: Outcome] | null = null;

  constructor(readonly options: BenchOptions) {
    const { python, folder, pack, audit, tier, bundle, site, language } = options;
    mkdirSync(folder);
    this.#seconds = audit === null ? SECONDS : AUDITED_SECONDS;
    const shared = { folder, modules: SHARED_MODULES, megabytes: language ? LANGUAGE_MEGABYTES : 0 };
    if (language) copyFileSync(join(site, '../language/check.py'), join(folder, 'check.py'));
    this.#moult = new MoultWorker(bundle, { ...shared, pack, path: this.#path, audit, tier }, this.#seconds * 1000);
    this.#cpython = new CPythonServer({
      ...shared,
      python,
      site,
      confined: language,
      seconds: language ? LANGUAGE_SECONDS : this.#seconds,
    });
  }

  /** Runs a program in both; tells where they differ. */
  async compare(source: string): Promise<string | null> {
    writeFileSync(this.#path, source);
    if (this.options.language) return this.#compareLanguage();
    const outcomes = await Promise.all([this.#cpython.run(), this.#moult.run()]);
    this.#last = outcomes;
    // How deep a recursion through natives can go is another number here.
    return isUndetermined(outcomes[0]) ? 'undetermined' : difference(...outcomes);
  }

  async #compareLanguage(): Promise<string | null> {
    const wanted = await this.#cpython.run();
    const got = isUndetermined(wanted) ? wanted : await this.#moult.run();
    this.#last = [wanted, got];
    return languageDifference(wanted, got);
  }

  /** Whether CPython prints the same in three processes of its own, and the same in three servers, and not what Moult did:
   *  addresses, and what follows from them (which blocks share a pool), change from process to process, but not between the
   *  children of one server. */
  async isDetermined(source: string): Promise<boolean> {
    const moult = await this.#runMoult(source);
    return (
      (await this.#repeats(() => this.#runAlone(), moult)) && (await this.#repeats(() => this.#runInNewServer(), moult))
    );
  }

  /** Whether three runs print the same, another text than `moult`. */
  async #repeats(run: () => Promise<Outcome>, moult: string): Promise<boolean> {
    const texts = new Set<string>();
    for (let i = 0; i < REPEATS && texts.size < 2; i++) texts.add(textOf(await run()));
    return texts.size === 1 && !texts.has(moult);
  }

  async #runMoult(source: string): Promise<string> {
    writeFileSync(this.#path, source);
    return textOf(await this.#moult.run());
  }

  #runAlone(): Promise<Outcome> {
    return runCPython(this.options.python, this.#path, this.options.folder, this.#seconds * 1000);
  }

  #runInNewServer(): Promise<Outcome> {
    this.#cpython.close();
    return this.#cpython.run();
  }

  /** What differed in the last program. */
  lastDifference(): string {
    return this.#last === null ? '' : describe(...this.#last);
  }

  async close(): Promise<void> {
    this.#cpython.close();
    await this.#moult.close();
  }

  get #path(): string {
    return join(this.options.folder, 'program.py');
  }
}

/** What a run printed, in the form in which runs are compared. */
function textOf({ out, err, exitCode }: Outcome): string {
  return `${normalise(out)}${normalise(err)}${exitCode}`;
}
