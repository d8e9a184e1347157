/** Observing changes nothing (INV-STATE-3): programs of the corpus run twice, once with everybody looking on. Every twentieth program; all with
 *  MOULT_OBSERVE=all, those whose names contain a word with MOULT_OBSERVE=word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbedderRoots, generationHead, GenWord, ObjectWord, peakBytes } from '@moult/heap';
import type { HeapEvents } from '@moult/heap';
import { buildGraph } from '@moult/inspect';
import { createRuntime, describeHeap, finalize, MemoryFiles, runFile, runningFrames } from 'moult';
import type { HostInterface, Runtime } from 'moult';
import { expect, it } from 'vitest';
import { useLibrary } from '../packages/moult/src/testing/library.ts';
import { findPrograms } from './programs.ts';
import type { Program } from './programs.ts';

/** Which programs. */
const wanted = process.env['MOULT_OBSERVE'] ?? '';
const programs = findPrograms(import.meta.dirname, { categories: [], words: [] })
  .filter(({ kind, category }) => kind === 'program' && category !== 'examples')
  .filter(({ name }, i) => (wanted === '' ? i % 20 === 0 : wanted === 'all' || name.includes(wanted)));

/** Instructions between two looks. */
const INTERVAL = 997;

it.each(programs.map((program) => [program.name, program] as const))(
  '%s is the same when it is observed',
  (_, program) => {
    const alone = run(program, () => undefined);
    const observed = run(program, observe);
    expect(observed).toEqual(alone);
  },
);

function run(program: Program, prepare: (rt: Runtime) => void): unknown {
  const written: string[] = [];
  const rt = createRuntime({ host: hostFor(written), reserveBytes: 1 << 30, argv: [program.args[0] ?? ''] });
  useLibrary(rt);
  prepare(rt);
  const source = readFileSync(join(program.folder, program.args[0] ?? ''));
  const exitCode = runFile(rt, source, `/${program.args[0]}`);
  rt.events = rt.beforeInstruction = null;
  const state = stateOf(rt);
  finalize(rt);
  return { exitCode, text: written.join(''), state, left: rt.usedBytes() };
}

/** Clocks that stand still but for each other. */
function hostFor(written: string[]): HostInterface {
  const decoder = new TextDecoder();
  let clock = 10n ** 18n;
  const host: HostInterface = {
    write: (_fd, data) => void written.push(decoder.decode(data)),
    read: () => new Uint8Array(0),
    time: () => (clock += 1000n),
    monotonic: () => (clock += 1000n),
    processTime: () => (clock += 1000n),
    randomBytes: (length) => new Uint8Array(length).fill(7),
  };
  return { ...host, files: new MemoryFiles({}, host) };
}

/** Listens to every event, and looks at frames, at objects and at the whole heap again and again. */
function observe(rt: Runtime): void {
  let seen = 0;
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
    collectionStop: () => void (seen += buildGraph(describeHeap(rt)).edgeCount),
  };
  rt.events = events;
  let steps = 0;
  rt.beforeInstruction = () => {
    if (++steps % INTERVAL !== 0) return;
    seen += runningFrames(rt).length;
    if (steps % (50 * INTERVAL) === 0) seen += buildGraph(describeHeap(rt)).edgeCount;
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
