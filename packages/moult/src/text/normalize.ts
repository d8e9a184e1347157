/** Unicode normalization by the character database. Source: Unicode Standard Annex 15. */
import { compositionPairs, correctedIn32, decompositionOf, propertiesOf } from './ucd.ts';
import type { UcdVersion } from './ucd.ts';

export type NormalForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

const enum Hangul {
  Syllables = 0xac00,
  Leads = 0x1100,
  Vowels = 0x1161,
  /** One before the first tail. */
  Tails = 0x11a7,
  LeadCount = 19,
  VowelCount = 21,
  TailCount = 28,
  SyllableCount = 11172,
}

/** Appends the full decomposition of a character. */
function decompose(cp: number, compatible: boolean, version: UcdVersion, out: number[]): void {
  const syllable = cp - Hangul.Syllables;
  if (syllable >= 0 && syllable < (Hangul.SyllableCount as number)) {
    out.push(Hangul.Leads + Math.floor(syllable / (Hangul.VowelCount * Hangul.TailCount)));
    out.push(Hangul.Vowels + (Math.floor(syllable / Hangul.TailCount) % Hangul.VowelCount));
    if (syllable % Hangul.TailCount !== 0) out.push(Hangul.Tails + (syllable % Hangul.TailCount));
    return;
  }
  const corrected = version === 'old' ? correctedIn32(cp) : undefined;
  if (corrected !== undefined) {
    for (const character of corrected) out.push(character.codePointAt(0) ?? 0);
    return;
  }
  const mapping = version === 'old' && propertiesOf('old', cp).category === 'Cn' ? '' : decompositionOf('new', cp);
  const words = mapping.split(' ');
  const isTagged = mapping.startsWith('<');
  if (mapping === '' || (isTagged && !compatible)) {
    out.push(cp);
    return;
  }
  for (const word of isTagged ? words.slice(1) : words) decompose(parseInt(word, 16), compatible, version, out);
}

function combiningClass(cp: number): number {
  return cp < 0x300 ? 0 : propertiesOf('new', cp).combining;
}

/** Sorts runs of combining characters by their class, equal ones staying in order. */
function reorder(points: number[]): void {
  for (let i = 0; i < points.length; i++) {
    if (combiningClass(points[i] ?? 0) === 0) continue;
    let end = i;
    while (end < points.length && combiningClass(points[end] ?? 0) !== 0) end++;
    const run = points.slice(i, end).sort((a, b) => combiningClass(a) - combiningClass(b));
    points.splice(i, run.length, ...run);
    i = end;
  }
}

let pairs: Map<string, number> | undefined;

/** The character that two compose to; −1 if none. */
function composed(first: number, second: number): number {
  const lead = first - Hangul.Leads;
  const vowel = second - Hangul.Vowels;
  if (lead >= 0 && lead < (Hangul.LeadCount as number) && vowel >= 0 && vowel < (Hangul.VowelCount as number)) {
    return Hangul.Syllables + (lead * Hangul.VowelCount + vowel) * Hangul.TailCount;
  }
  const syllable = first - Hangul.Syllables;
  const tail = second - Hangul.Tails;
  const isOpen = syllable >= 0 && syllable < (Hangul.SyllableCount as number) && syllable % Hangul.TailCount === 0;
  if (isOpen && tail > 0 && tail < (Hangul.TailCount as number)) return first + tail;
  pairs ??= compositionPairs();
  return pairs.get(String.fromCodePoint(first, second)) ?? -1;
}

/** Puts together what composes with the last starter and is not blocked from it. */
function compose(points: readonly number[]): number[] {
  const out: number[] = [];
  let starter = -1;
  let lastClass = 0;
  for (const cp of points) {
    const combining = combiningClass(cp);
    const isAdjacent = starter >= 0 && out.length === starter + 1;
    if (starter >= 0 && (isAdjacent || (lastClass !== 0 && lastClass < combining))) {
      const whole = composed(out[starter] ?? 0, cp);
      if (whole >= 0) {
        out[starter] = whole;
        continue;
      }
    }
    if (combining === 0) starter = out.length;
    lastClass = combining;
    out.push(cp);
  }
  return out;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** `unicodedata.normalize(form, text)` */
export function normalizeText(form: NormalForm, text: string, version: UcdVersion = 'new'): string {
  if (isPlain(text)) return text;
  const points: number[] = [];
  const compatible = form === 'NFKC' || form === 'NFKD';
  for (const character of text) decompose(character.codePointAt(0) ?? 0, compatible, version, points);
  reorder(points);
  const result = form === 'NFC' || form === 'NFKC' ? compose(points) : points;
  let joined = '';
  for (const cp of result) joined += String.fromCodePoint(cp);
  return joined;
}
