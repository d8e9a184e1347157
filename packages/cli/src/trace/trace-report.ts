/** What a tracer counted, as text or data. */
import { buildGraph } from '@moult/inspect';
import type { HeapGraph } from '@moult/inspect';
import { describeHeap } from 'moult';
import type { Runtime } from 'moult';
import type { CollectionRecord, LineCount, Tracer } from './tracer.ts';

export interface Survivors {
  readonly typeName: string;
  readonly place: string;
  count: number;
  bytes: number;
}

/** The tracer's numbers; `limit` lines, collections and survivors are shown. */
export function traceReport(rt: Runtime, tracer: Tracer, limit: number): string {
  const lines = sortedLines(tracer);
  const blocks = lines.reduce((sum, line) => sum + line.blocks, 0);
  const bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
  return [
    `${blocks} blocks of ${bytes} bytes allocated; at most ${tracer.peak} bytes in use, at ${tracer.peakPlace}`,
    '',
    row('blocks', 'bytes', 'alive', 'allocated at'),
    ...lines.slice(0, limit).map((line) => row(line.blocks, line.bytes, line.aliveBlocks, line.place)),
    '',
    ...collectionLines(tracer.collections, limit),
    ...finalizerLines(tracer),
    ...deathLines(tracer, limit),
    'alive at the end of the program:',
    ...survivors(tracer, buildGraph(describeHeap(rt)))
      .slice(0, limit)
      .map((s) => `  ${s.count} ${s.typeName}, ${s.bytes} bytes, from ${s.place}`),
    '',
  ].join('\n');
}

/** The same as data. */
export function traceJson(rt: Runtime, tracer: Tracer): string {
  return `${JSON.stringify({
    peak: { bytes: tracer.peak, place: tracer.peakPlace },
    lines: sortedLines(tracer),
    collections: tracer.collections,
    finalizers: [...tracer.finalizers.values()],
    deaths: [...tracer.deaths.values()],
    alive: survivors(tracer, buildGraph(describeHeap(rt))),
  })}\n`;
}

function sortedLines(tracer: Tracer): LineCount[] {
  return [...tracer.lines.values()].sort((a, b) => b.bytes - a.bytes);
}

/** Numbers to the right, the last cell as it is. */
function row(...cells: (string | number)[]): string {
  const place = cells.at(-1)!;
  return `${cells
    .slice(0, -1)
    .map((cell) => String(cell).padStart(14))
    .join('')}  ${place}`;
}

function collectionLines(collections: readonly CollectionRecord[], limit: number): string[] {
  if (collections.length === 0) return [];
  const shown = collections
    .slice(0, limit)
    .map((c) => row(c.generation, c.objects, c.collected, c.uncollectable, c.milliseconds.toFixed(2), c.place));
  const more = collections.length > limit ? [`  … and ${collections.length - limit} more (--limit)`] : [];
  return [row('generation', 'objects', 'collected', 'uncollectable', 'ms', 'collections'), ...shown, ...more, ''];
}

function finalizerLines(tracer: Tracer): string[] {
  if (tracer.finalizers.size === 0) return [];
  const calls = [...tracer.finalizers.values()];
  return ['finalizers:', ...calls.map((call) => `  ${call.count} of ${call.typeName}, at ${call.place}`), ''];
}

function deathLines(tracer: Tracer, limit: number): string[] {
  const deaths = [...tracer.deaths.values()].sort((a, b) => b.count - a.count).slice(0, limit);
  if (deaths.length === 0) return [];
  return [`deaths: ${deaths.map(({ typeName, count }) => `${count} ${typeName}`).join(', ')}`, ''];
}

/** Objects that the program made and that are there still, by type and line; most bytes first. */
export function survivors(tracer: Tracer, g: HeapGraph): Survivors[] {
  const groups = new Map<string, Survivors>();
  for (let node = 1; node < g.nodeCount; node++) {
    const ref = g.arrays.refs[node]!;
    const place = ref === 0 ? null : tracer.placeOf(ref);
    if (place === null) continue;
    const typeName = g.typeName(node);
    const key = `${typeName} ${place}`;
    const group = groups.get(key) ?? { typeName, place, count: 0, bytes: 0 };
    group.count++;
    group.bytes += g.arrays.bytes[node]!;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes);
}
