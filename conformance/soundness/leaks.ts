/**
 * Leaks: a program runs again and again in one interpreter. After three runs that fill caches, three are counted: total
 * references, blocks, handles and values of the host table must not grow with each of them.
 */
import { readFileSync } from 'node:fs';
import { allocatedBlocks, Root } from '@moult/heap';
import { collect } from '@moult/heap';
import { createRuntime, libraryFromFolder, LIBRARY_FOLDER, runSource, withLibrary } from 'moult';
import type { LibraryPack, Runtime } from 'moult';
import { HeapView } from '../../packages/heap/src/check/heap-view.ts';
import { attempt } from './defects.ts';
import { KeepingHost } from './host.ts';
import type { Task, Verdict, WorkerSetup } from './task.ts';

const WARM_UPS = 3;
const COUNTED = 3;
const RESERVE_BYTES = 2 ** 31;

/** What must not grow, by name. */
type Totals = Readonly<Record<string, number>>;

/** Runs a program (`path`), or a module of CPython's tests if there is no golden for it. */
export function sweepLeaks(task: Task, pack: LibraryPack, { library, harness }: WorkerSetup): Verdict {
  const host = new KeepingHost(task.folder);
  const defects: string[] = [];
  const broken = attempt(() => {
    const rt = start(task, host, pack, library);
    run(rt, readFileSync(harness, 'utf8'), host);
    const call =
      task.golden === null ? `repeat_tests(${JSON.stringify(task.path)})` : `repeat(${JSON.stringify(task.path)})`;
    const totals: Totals[] = [];
    for (let i = 0; i < WARM_UPS + COUNTED; i++) {
      run(rt, call, host);
      host.drop();
      if (i >= WARM_UPS - 1) totals.push(measure(rt));
    }
    rt.audit();
    defects.push(...growth(totals));
  });
  if (broken !== null) defects.push(broken);
  return { runs: WARM_UPS + COUNTED, defects };
}

function start({ folder }: Task, host: KeepingHost, pack: LibraryPack, library: string | null): Runtime {
  const own = library !== null;
  const rt = createRuntime({
    host: own ? host : withLibrary(host, pack),
    argv: ['repeat.py'],
    path: [folder, own ? library : LIBRARY_FOLDER],
    reserveBytes: RESERVE_BYTES,
  });
  rt.libraryPack = own ? libraryFromFolder(host, library) : pack.find;
  return rt;
}

function run(rt: Runtime, source: string, host: KeepingHost): void {
  const code = runSource(rt, source, '<repeat>');
  if (code !== 0) throw new Error(`exit code ${code}\n${host.written(2).slice(-600)}`);
}

function measure(rt: Runtime): Totals {
  for (let i = 0; i < 3; i++) collect(rt);
  const view = new HeapView(rt);
  let references = 0;
  for (const o of view.counts.keys()) if (rt.words[o] >= 0) references += view.counts.get(o);
  return {
    references,
    blocks: allocatedBlocks(rt),
    handles: rt.handles().length,
    'host values': rt.words[Root.HostLive],
  };
}

/** What has grown each time. */
function growth(totals: readonly Totals[]): string[] {
  const names = Object.keys(totals[0] ?? {});
  return names.flatMap((name) => {
    const values = totals.map((total) => total[name] ?? 0);
    const deltas = values.slice(1).map((value, i) => value - (values[i] ?? 0));
    return deltas.every((delta) => delta > 0) ? [`${name} grow by ${deltas.join(', ')}`] : [];
  });
}
