/** Answers about files that earlier commands wrote: two snapshots, a stream of events. */
import { readFileSync } from 'node:fs';
import { diffGraphs, readHeapSnapshot } from '@moult/inspect';
import type { HeapDifference, Side, TypeDifference } from '@moult/inspect';
import { eventText, readEvents } from '../trace/events.ts';
import type { FileQuestion } from './options.ts';
import { heading } from './style.ts';

/** Answers; returns the exit code. Throws the host's error for a file that cannot be read, RangeError for one of another form. */
export function answerAboutFiles(question: FileQuestion, print: (text: string) => void): number {
  if (question.kind === 'events') return printEvents(question, print);
  const { before, after, limit, json } = question;
  const difference = diffGraphs(snapshotOf(before), snapshotOf(after));
  print(json ? `${JSON.stringify(difference)}\n` : diffText(difference, limit));
  return difference.types.length === 0 && difference.added.length === 0 ? 0 : 1;
}

function snapshotOf(path: string): Side {
  try {
    return readHeapSnapshot(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    throw new RangeError(`${path}: ${error.message}`);
  }
}

/** What came and went; at most `limit` lines of each kind. */
export function diffText({ types, lines, added, bytes, objects }: HeapDifference, limit: number): string {
  if (types.length === 0 && added.length === 0) return 'nothing differs\n';
  return [
    `${signed(objects)} objects, ${signed(bytes)} bytes`,
    '',
    ...rows('by type', types, limit),
    ...rows('by line of allocation', lines, limit),
    ...rows(
      'new objects, by the way to them',
      added.map(({ typeName, path, ...rest }) => ({ ...rest, typeName: `${typeName} at ${path}` })),
      limit,
    ),
  ].join('\n');
}

function rows(title: string, differences: readonly TypeDifference[], limit: number): string[] {
  if (differences.length === 0) return [];
  const shown = differences
    .slice(0, limit)
    .map(({ count, bytes, typeName }) => `${signed(count).padStart(10)}${signed(bytes).padStart(12)}  ${typeName}`);
  const more = differences.length > limit ? [`  … and ${differences.length - limit} more (--limit)`] : [];
  return [heading(title), `${'objects'.padStart(10)}${'bytes'.padStart(12)}`, ...shown, ...more, ''];
}

function signed(n: number): string {
  return n > 0 ? `+${n}` : String(n);
}

function printEvents({ file, json }: FileQuestion & { kind: 'events' }, print: (text: string) => void): number {
  let piece = '';
  for (const event of readEvents(readFileSync(file, 'utf8').split('\n'))) {
    piece += json ? `${JSON.stringify(event)}\n` : `${eventText(event)}\n`;
    if (piece.length < 1 << 16) continue;
    print(piece);
    piece = '';
  }
  print(piece);
  return 0;
}
