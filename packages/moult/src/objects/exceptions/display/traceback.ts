/** The text of a traceback. Source: CPython 3.12 traceback.c tb_printinternal. */
import type { Ref } from '@moult/heap';
import { dictGetText } from '../../../core/dict/index.ts';
import { isSafeInt, intSign, safeIntValue } from '../../../core/int.ts';
import { FrameObjectWord, FrameWord, TracebackWord } from '../../../core/layout/frame.ts';
import { CodeWord } from '../../../core/layout/functions.ts';
import { RootRef } from '../../../core/roots.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { strText } from '../../../core/str.ts';
import { isInt } from '../../../core/types.ts';
import { decodeLocations } from '../../../compiler/locations.ts';
import { executable } from '../../../frames/frames.ts';
import { tracebackLine } from '../../traceback.ts';
import { caretLine } from './carets.ts';
import { sourceLine } from './source.ts';
import type { SourceCache } from './source.ts';

const DEFAULT_LIMIT = 1000;
/** Equal entries shown before they are counted. */
const REPEATS_SHOWN = 3;

/** Entries to show: `sys.tracebacklimit`, if that is an int. */
function entryLimit(rt: Runtime): number {
  const sys = rt.words[RootRef.SysDict];
  const value = sys === 0 ? 0 : dictGetText(rt, sys, 'tracebacklimit');
  if (value === 0 || !isInt(rt, value)) return DEFAULT_LIMIT;
  if (intSign(rt, value) <= 0) return 0;
  return isSafeInt(rt, value) ? safeIntValue(rt, value) : Infinity;
}

/** Lines of the traceback from `entry` on, each behind `margin`; `header` is the first. Empty if none are to be shown. */
export function tracebackLines(rt: Runtime, cache: SourceCache, entry: Ref, header: string, margin: string): string[] {
  const limit = entryLimit(rt);
  if (limit === 0) return [];
  const H = rt.words;
  const lines = [header];
  let depth = 0;
  for (let e = entry; e !== 0; e = H[e + TracebackWord.Next]) depth++;
  let e = entry;
  for (; depth > limit; depth--) e = H[e + TracebackWord.Next];
  addEntries(rt, cache, e, margin, lines);
  return lines;
}

function addEntries(rt: Runtime, cache: SourceCache, first: Ref, margin: string, lines: string[]): void {
  const H = rt.words;
  let last = '';
  let count = 0;
  for (let e = first; e !== 0; e = H[e + TracebackWord.Next]) {
    const code = codeOf(rt, e);
    const line = tracebackLine(rt, e);
    const place = `${H[code + CodeWord.FileName]} ${line} ${H[code + CodeWord.Name]}`;
    if (place !== last || line === -1) {
      addRepeats(count, lines);
      last = place;
      count = 0;
    }
    if (++count <= REPEATS_SHOWN) addEntry(rt, cache, e, code, line, margin, lines);
  }
  addRepeats(count, lines);
}

function addRepeats(count: number, lines: string[]): void {
  const more = count - REPEATS_SHOWN;
  if (more > 0) lines.push(`  [Previous line repeated ${more} more time${more > 1 ? 's' : ''}]`);
}

/** The code of an entry's frame. */
export function codeOf(rt: Runtime, entry: Ref): Ref {
  const H = rt.words;
  return H[H[H[entry + TracebackWord.Frame] + FrameObjectWord.Frame] + FrameWord.Code];
}

function addEntry(
  rt: Runtime,
  cache: SourceCache,
  e: Ref,
  code: Ref,
  line: number,
  margin: string,
  lines: string[],
): void {
  const H = rt.words;
  const file = strText(rt, H[code + CodeWord.FileName]);
  lines.push(`${margin}  File "${file}", line ${line}, in ${strText(rt, H[code + CodeWord.Name])}`);
  const source = sourceLine(rt, cache, file, line);
  if (source === null) return;
  lines.push(`${margin}    ${source.replace(/^[ \t\f]+/, '')}`);
  const location = decodeLocations(executable(rt, code).data)[H[e + TracebackWord.Lasti] >> 1];
  const carets = location === undefined ? null : caretLine(source, location);
  if (carets !== null) lines.push(margin + carets);
}
