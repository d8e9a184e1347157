/** Which programs a sweep takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { modules } from '../cpython/modules.ts';
import { findPrograms, type Program } from '../programs.ts';
import type { SoundnessOptions } from './options.ts';
import type { SweepName, Task } from './task.ts';

/** Places between two that are looked at in the small form; prime, so that the bodies of loops are met everywhere. */
const SMALL_EVERY: Readonly<Partial<Record<SweepName, number>>> = { faults: 97, steps: 61 };
/** About one program in so many is taken in the small form. */
const SMALL_SHARE: Readonly<Partial<Record<SweepName, number>>> = { collect: 11, leaks: 13 };

/** Mutants are made in so many parts, each of so many. */
const WILD_PARTS = 20;
const WILD_COUNTS: Readonly<Record<string, number>> = { sources: 10_000, marshal: 500, pickle: 500, code: 1000 };

/** The tasks of a sweep.  @param conformance the folder of that name */
export function tasksOf(sweep: SweepName, conformance: string, options: SoundnessOptions): Task[] {
  const all = allTasks(sweep, conformance, options);
  const left = exceptions(conformance)[sweep] ?? {};
  const wanted = all.filter(
    ({ name }) => isWanted(name, options) && (options.words.length > 0 || left[name] === undefined),
  );
  const share = options.small ? (SMALL_SHARE[sweep] ?? 1) : 1;
  return wanted.filter(({ name }) => hash(name) % share === 0);
}

/** Whether a program is in a share depends on nothing but its name: another program changes nothing. FNV-1a, 32 bits. */
export function hash(name: string): number {
  let h = 0x811c9dc5;
  for (const byte of Buffer.from(name)) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  return h;
}

function allTasks(sweep: SweepName, conformance: string, options: SoundnessOptions): Task[] {
  if (sweep === 'faults' || sweep === 'steps') return ownTasks(sweep, join(conformance, 'soundness/programs'), options);
  if (sweep === 'input')
    return [...ownTasks(sweep, join(conformance, 'soundness/input'), options), ...wildTasks(conformance, options)];
  return sweep === 'leaks' && options.cpython ? moduleTasks(conformance) : goldenTasks(sweep, conformance);
}

function isWanted(name: string, { words }: SoundnessOptions): boolean {
  return words.length === 0 || words.some((word) => name.includes(word));
}

/** The programs of a folder here. */
function ownTasks(sweep: SweepName, folder: string, { every, only, small }: SoundnessOptions): Task[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.py'))
    .map((file) => ({
      sweep,
      name: basename(file, '.py'),
      path: join(folder, file),
      folder,
      golden: null,
      every: every ?? (small ? (SMALL_EVERY[sweep] ?? 1) : 1),
      only,
    }));
}

/** Mutants: `sources` of programs, and data for those in `wild/`. They are tasks of so many, each with a first seed of its own. */
function wildTasks(conformance: string, { small }: SoundnessOptions): Task[] {
  const folder = join(conformance, 'soundness/wild');
  const parts = small ? 1 : WILD_PARTS;
  return ['sources', 'marshal', 'pickle', 'code'].flatMap((name) =>
    Array.from({ length: parts }, (_, part) => ({
      sweep: 'input' as const,
      name: `wild/${name}_${part}`,
      path: name === 'sources' ? conformance : join(folder, `${name}.py`),
      folder,
      golden: null,
      every: Math.round((WILD_COUNTS[name] ?? 0) * (small ? 0.2 : 1)),
      only: part,
    })),
  );
}

/** The conformance programs. */
function goldenTasks(sweep: SweepName, conformance: string): Task[] {
  return findPrograms(conformance, { categories: sweep === 'threads' ? ['threads'] : [], words: [] })
    .filter(({ kind, category }) => kind === 'program' && category !== 'examples')
    .map((program) => goldenTask(sweep, program));
}

/** The modules of CPython's tests. */
function moduleTasks(conformance: string): Task[] {
  return modules.map((name) => ({
    sweep: 'leaks',
    name: `cpython/${name}`,
    path: `test.${name}`,
    folder: conformance,
    golden: null,
    every: 1,
    only: null,
  }));
}

function goldenTask(sweep: SweepName, { name, folder, args, out, exitCode }: Program): Task {
  return { sweep, name, path: join(folder, args[0] ?? ''), folder, golden: { out, exitCode }, every: 1, only: null };
}

/** Programs that a sweep leaves out, with the reason. */
function exceptions(conformance: string): Partial<Record<SweepName, Record<string, string>>> {
  const text = readFileSync(join(conformance, 'soundness/exceptions.json'), 'utf8');
  return JSON.parse(text) as Partial<Record<SweepName, Record<string, string>>>;
}
