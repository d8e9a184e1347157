/** The type `_sre.SRE_Scanner`: one search after the other in a string. */
import { clearWord, freeObject, gcNew, LayoutKind, newRef, track, TypeFlag, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { member, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { defineType } from '../../core/type-spec.ts';
import { holdBytes } from '../../objects/bytes/view.ts';
import { newMatch } from './match.ts';
import { beginMatch, giveBack } from './subject.ts';
import { SCANNER, ScannerWord } from './types.ts';

/** `pattern.scanner(string, pos, endpos)` */
export function newScanner(rt: Runtime, pattern: Ref, string: Ref, pos: number, end: number): Owned {
  const matcher = beginMatch(rt, pattern, string, pos, end);
  const scanner = gcNew(rt, SCANNER);
  const H = rt.words;
  H[scanner + ScannerWord.Pattern] = newRef(rt, pattern);
  H[scanner + ScannerWord.String] = newRef(rt, string);
  H[scanner + ScannerWord.Start] = H[scanner + ScannerWord.Pos] = matcher.start;
  H[scanner + ScannerWord.End] = matcher.end;
  H[scanner + ScannerWord.MustAdvance] = -1;
  giveBack(matcher);
  holdBytes(rt, string, 1);
  track(rt, scanner);
  return scanner;
}

function dealloc(rt: Runtime, scanner: Ref): void {
  const H = rt.words;
  untrack(rt, scanner);
  holdBytes(rt, H[scanner + ScannerWord.String], -1);
  clearWord(rt, scanner + ScannerWord.String);
  clearWord(rt, scanner + ScannerWord.Pattern);
  freeObject(rt, scanner);
}

/** The next match, or None. */
function step(rt: Runtime, scanner: Ref, searching: boolean): Owned {
  const H = rt.words;
  const start = H[scanner + ScannerWord.Start];
  if (start < 0) return none();
  const pattern = H[scanner + ScannerWord.Pattern];
  const string = H[scanner + ScannerWord.String];
  const matcher = beginMatch(rt, pattern, string, start, H[scanner + ScannerWord.End]);
  matcher.mustAdvance = H[scanner + ScannerWord.MustAdvance];
  const found = searching ? matcher.search() : matcher.match();
  if (!found) {
    H[scanner + ScannerWord.Start] = -1;
    giveBack(matcher);
    return none();
  }
  const match = newMatch(rt, pattern, string, matcher, H[scanner + ScannerWord.Pos]);
  matcher.advance();
  H[scanner + ScannerWord.Start] = matcher.start;
  H[scanner + ScannerWord.MustAdvance] = matcher.mustAdvance;
  giveBack(matcher);
  return match;
}

/** `scanner.search`, as a native for `finditer`. */
export const SEARCH = native('search($self, /)', (rt, scanner) => step(rt, scanner, true));

defineType({
  ref: SCANNER,
  name: '_sre.SRE_Scanner',
  heapType: 'immutable',
  basicSize: 8 * ScannerWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [ScannerWord.Pattern, ScannerWord.String],
  noClear: true,
  dealloc,
  methods: [native('match($self, /)', (rt, scanner) => step(rt, scanner, false)), SEARCH],
  members: [member('pattern', ScannerWord.Pattern)],
});
