/** Which locale each category has: two bits each in one word of the root record. Known are glibc's locales C and C.UTF-8, the
 *  latter by both of its names; their conventions are the same, only the encoding differs. At the start LC_CTYPE is C.UTF-8, as
 *  under `-X utf8`. */
import type { Runtime } from '../../core/runtime.ts';
import { ModuleNum } from '../module-roots.ts';

/** In the order of their numbers; those without a name are numbered in glibc's way, but Python does not offer them. */
export const CATEGORIES = [
  'LC_CTYPE',
  'LC_NUMERIC',
  'LC_TIME',
  'LC_COLLATE',
  'LC_MONETARY',
  'LC_MESSAGES',
  'LC_ALL',
  'LC_PAPER',
  'LC_NAME',
  'LC_ADDRESS',
  'LC_TELEPHONE',
  'LC_MEASUREMENT',
  'LC_IDENTIFICATION',
] as const;
/** Those that Python has names for. */
export const NAMED_CATEGORIES = 7;
const ALL = 6;
const SINGLE = CATEGORIES.map((_, i) => i).filter((i) => i !== ALL);

const LOCALES = ['C', 'C.UTF-8', 'C.utf8'];
const BITS = 2;
const MASK = 3;
/** What the word is XORed with: zero, as it is when a runtime starts, means LC_CTYPE=C.UTF-8 and C for the others. */
const START = 1;

function codeOf(rt: Runtime, category: number): number {
  return ((rt.words[ModuleNum.Locales] ^ START) >> (BITS * category)) & MASK;
}

function setCode(rt: Runtime, category: number, code: number): void {
  const shift = BITS * category;
  const now = rt.words[ModuleNum.Locales] ^ START;
  rt.words[ModuleNum.Locales] = ((now & ~(MASK << shift)) | (code << shift)) ^ START;
}

/** The locale of a category; for LC_ALL one name, or `LC_CTYPE=…;LC_NUMERIC=…` if they differ. Undefined for a number that is
 *  no category. */
export function localeOf(rt: Runtime, category: number): string | undefined {
  if (CATEGORIES[category] === undefined) return undefined;
  if (category !== ALL) return LOCALES[codeOf(rt, category)];
  const names = SINGLE.map((i) => LOCALES[codeOf(rt, i)] as string);
  if (names.every((name) => name === names[0])) return names[0];
  return SINGLE.map((i, at) => `${CATEGORIES[i] as string}=${names[at] as string}`).join(';');
}

/** Sets a category (LC_ALL: each of them) to what `wanted` says of it. False, and nothing is changed, for what is not known. */
export function setLocaleOf(rt: Runtime, category: number, wanted: string): boolean {
  if (CATEGORIES[category] === undefined) return false;
  const targets = category === ALL ? SINGLE : [category];
  const parts = category === ALL && wanted.includes('=') ? compositeParts(wanted) : null;
  const codes = targets.map((i) => {
    const name = parts !== null ? parts.get(CATEGORIES[i] as string) : wanted === '' ? userLocale(rt, i) : wanted;
    return LOCALES.indexOf(name === 'POSIX' ? 'C' : (name ?? '?'));
  });
  if (codes.includes(-1)) return false;
  targets.forEach((i, at) => {
    setCode(rt, i, codes[at] as number);
  });
  return true;
}

function compositeParts(text: string): Map<string, string> {
  return new Map(text.split(';').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
}

/** What the environment says of a category: LC_ALL, then the category's own variable, then LANG. A locale that is not known here
 *  counts as C.UTF-8, so that a program that asks for the user's conventions runs everywhere. */
function userLocale(rt: Runtime, category: number): string {
  const variables = rt.host?.environment?.() ?? {};
  const names = ['LC_ALL', CATEGORIES[category] as string, 'LANG'];
  const found = names.map((name) => variables[name] ?? '').find((value) => value !== '') ?? 'C';
  return found === 'POSIX' || LOCALES.includes(found) ? found : 'C.UTF-8';
}
