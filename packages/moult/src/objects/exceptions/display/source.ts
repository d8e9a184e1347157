/** Source lines for tracebacks. Lines are read when an error is shown; what cannot be read is not shown. */
import type { Ref } from '@moult/heap';
import { newDict } from '../../../core/dict/index.ts';
import { catchOnly, mark } from '../../../core/errors.ts';
import { newList } from '../../../core/list.ts';
import { Finalizing, RootNum, RootRef } from '../../../core/roots.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { releaseTemps, temp } from '../../../core/temps.ts';
import { tupleOf } from '../../../core/tuple.ts';
import { decodeSource } from '../../../syntax/source.ts';
import { hasUndecoded } from '../../../syntax/undecoded.ts';

/** Lines of the files an error has shown so far. */
export type SourceCache = Map<string, readonly string[] | null>;

/** Line `line` (from 1) of the file without its end; null for names like `<string>`, if there is none, or once the modules
 *  are gone. */
export function sourceLine(rt: Runtime, cache: SourceCache, file: string, line: number): string | null {
  if (line < 1 || rt.words[RootNum.Finalizing] === Finalizing.Modules || (file.startsWith('<') && file.endsWith('>')))
    return null;
  let lines = cache.get(file);
  if (lines === undefined) {
    lines = readLines(rt, file);
    cache.set(file, lines);
    takeAsOpen(rt, lines !== null);
  }
  return lines?.[line - 1] ?? null;
}

/** Takes from the free lists what CPython's `io.open` takes there at the same time, and gives it back: a list and a tuple for the import,
 *  tuples of arguments for the stages of a file, and three dicts if there is such a file. A collector that counts sees it. */
function takeAsOpen(rt: Runtime, found: boolean): void {
  if (rt.words[RootRef.CurrentException] !== 0) return;
  const m = mark(rt);
  try {
    temp(rt, newList(rt, 0));
    for (const size of found ? [1, 2, 2, 4] : [1, 2, 4]) temp(rt, tupleOf(rt, ...Array<Ref>(size).fill(S.None)));
    if (found) for (let i = 0; i < 3; i++) temp(rt, newDict(rt));
    releaseTemps(rt, m.temps);
  } catch (error) {
    catchOnly(rt, error, m, T.MemoryError);
  }
}

function readLines(rt: Runtime, file: string): readonly string[] | null {
  const data = rt.host?.readFile?.(file) ?? null;
  if (data === null) return null;
  const text = decode(data, file);
  if (text === null) return null;
  const lines = text.split(/\r\n|\r|\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** Null for what is not in its encoding: CPython then shows no line. */
function decode(data: Uint8Array, file: string): string | null {
  try {
    const { text } = decodeSource(data, file);
    return hasUndecoded(text) ? null : text;
  } catch {
    return new TextDecoder().decode(data);
  }
}
