/** Runs a program twice, once with everybody looking on, and compares (INV-STATE-3): observing changes no word that the program can see. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbedderRoots, generationHead, GenWord, ObjectWord, peakBytes } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import { buildGraph } from '@moult/inspect';
import { createRuntime, describeHeap, finalize, MemoryFiles, runFile, runningFrames } from 'moult';
import type { HostInterface, Runtime } from 'moult';
import type { Program } from '../programs.ts';

/** Instructions between two looks at the frames, at first; later a part of those that were executed so far, so that long programs do not take
 *  longer by the number of looks. */
const INTERVAL = 997;
const SHARE = 1 / 64;

/** Looks between two at the whole heap. */
const LOOKS = 16;

/** What came of a run: how it ended, what it wrote, its heap at the end and what was left after the interpreter. */
export interface Outcome {
  readonly exitCode: number;
  readonly text: string;
  readonly state: Readonly<Record<string, unknown>>;
  readonly left: number;
}

/** Gives a runtime its library. */
export type Prepare = (rt: Runtime) => void;

/** Both runs of a program. */
export function runTwice(program: Program, prepare: Prepare): { readonly alone: Outcome; readonly observed: Outcome } {
  const alone = run(program, prepare);
  const observed = run(program, (rt) => {
    prepare(rt);
    observe(rt);
  });
  return { alone, observed };
}

/** Where two outcomes differ, a line for each part. */
export function differences(alone: Outcome, observed: Outcome): string[] {
  const parts = (outcome: Outcome): Map<string, unknown> =>
    new Map<string, unknown>(Object.entries({ ...outcome, ...outcome.state, state: '' }));
  const other = parts(observed);
  return [...parts(alone)].flatMap(([name, value]) => {
    const [a, b] = [JSON.stringify(value), JSON.stringify(other.get(name))];
    return a === b ? [] : [`${name}: ${a} alone, ${b} observed`];
  });
}

function run(program: Program, prepare: Prepare): Outcome {
  const written: string[] = [];
  const rt = createRuntime({ host: hostFor(written), reserveBytes: 1 << 30, argv: [program.args[0] ?? ''] });
  prepare(rt);
  const source = readFileSync(join(program.folder, program.args[0] ?? ''));
  const exitCode = runFile(rt, source, `/${program.args[0]}`);
  rt.events = rt.beforeInstruction = null;
  const state = stateOf(rt);
  finalize(rt);
  return { exitCode, text: written.join(''), state, left: rt.usedBytes() };
}

/** Clocks that go on by being looked at, and by sleeping, which takes no time. */
function hostFor(written: string[]): HostInterface {
  const decoder = new TextDecoder();
  let clock = 10n ** 18n;
  const host: HostInterface = {
    write: (_fd, data) => void written.push(decoder.decode(data)),
    read: () => new Uint8Array(0),
    time: () => (clock += 1000n),
    monotonic: () => (clock += 1000n),
    processTime: () => (clock += 1000n),
    sleep: (seconds) => void (clock += BigInt(Math.round(seconds * 1e9))),
    randomBytes: (length) => new Uint8Array(length).fill(7),
  };
  return { ...host, files: new MemoryFiles({}, host) };
}

/** Listens to every event, and looks at frames, at objects and at the whole heap again and again. */
function observe(rt: Runtime): void {
  let seen = 0;
  const isTime = seldom();
  const look = (o: number): void => void (seen += rt.words[o] ?? 0);
  const events: Required<HeapEvents> = {
    alloc: look,
    free: look,
    incref: look,
    decref: look,
    dealloc: look,
    track: look,
    untrack: look,
    finalize: look,
    clear: look,
    weakrefCallback: look,
    collectionStart: () => void (seen += runningFrames(rt).length),
    phase: () => undefined,
    collectionStop: () => {
      if (isTime()) seen += buildGraph(describeHeap(rt)).edgeCount;
    },
  };
  rt.events = events;
  let steps = 0;
  let next = INTERVAL;
  let looks = 0;
  rt.beforeInstruction = () => {
    if (++steps < next) return;
    next = steps + Math.max(INTERVAL, Math.floor(steps * SHARE));
    seen += runningFrames(rt).length;
    if (++looks % LOOKS === 0) seen += buildGraph(describeHeap(rt)).edgeCount;
  };
}

/** True for the first few times, and then more and more seldom. */
function seldom(): () => boolean {
  let times = 0;
  return () => {
    times++;
    return times <= LOOKS || (times & (times - 1)) === 0;
  };
}

/** The heap's totals, the collector's counts, and each object with its address, type, count and references. */
function stateOf(rt: Runtime): Record<string, unknown> {
  const H = rt.words;
  const g = buildGraph(describeHeap(rt));
  let hash = 0;
  const add = (n: number): void => void (hash = (Math.imul(hash, 31) + n) | 0);
  for (const array of [g.arrays.refs, g.arrays.counts, g.arrays.targets, g.arrays.bytes]) array.forEach(add);
  for (const ref of g.arrays.refs) if (ref !== 0) add(H[ref + ObjectWord.Type]!);
  for (let word: number = EmbedderRoots.Start; word < EmbedderRoots.End; word++) add(H[word]!);
  const generations = [0, 1, 2].map((i) =>
    [GenWord.Count, GenWord.Collections, GenWord.Collected].map((word) => H[generationHead(i) + word]!),
  );
  return {
    hash,
    objects: g.nodeCount,
    references: g.edgeCount,
    used: rt.usedBytes(),
    peak: peakBytes(rt),
    generations,
  };
}
