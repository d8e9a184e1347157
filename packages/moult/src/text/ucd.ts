/**
 * The Unicode character database: names, properties and decompositions of Unicode 15.0, and what 3.2 had otherwise.
 *
 * The tables are unpacked when the first question is asked. A *run* is a range of characters with one value; an *entry* is
 * a character with a value of its own.
 */
import { characterDatabase } from './ucd-text.ts';

/** Values of ranges of characters. */
class Runs {
  private readonly starts: Uint32Array;
  private readonly values: Uint16Array;
  private readonly texts: string[] = [];

  constructor(section: string) {
    const known = new Map<string, number>();
    const parts = section.split(' ');
    this.starts = new Uint32Array(parts.length);
    this.values = new Uint16Array(parts.length);
    let cp = 0;
    parts.forEach((part, i) => {
      const colon = part.indexOf(':');
      const value = part.slice(colon + 1);
      if (!known.has(value)) known.set(value, this.texts.push(value) - 1);
      this.starts[i] = cp;
      this.values[i] = known.get(value) ?? 0;
      cp += colon === 0 ? 1 : parseInt(part.slice(0, colon), 16);
    });
  }

  get(cp: number): string {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= cp) low = middle;
      else high = middle;
    }
    return this.texts[this.values[low] ?? 0] ?? '';
  }
}

function readEntries(section: string): Map<number, string> {
  const entries = new Map<number, string>();
  let cp = -1;
  for (const line of section.split('\n')) {
    const equals = line.indexOf('=');
    cp += equals === 0 ? 1 : parseInt(line.slice(0, equals), 16);
    entries.set(cp, line.slice(equals + 1));
  }
  return entries;
}

/** The text that code points in hexadecimal, parted by spaces, stand for. */
function textOf(points: string): string {
  return String.fromCodePoint(...points.split(' ').map((point) => parseInt(point, 16)));
}

class Database {
  private readonly sections = characterDatabase().split('\x1e');
  readonly unified = new Runs(this.section(0));
  readonly names = readEntries(this.section(1));
  readonly properties = new Runs(this.section(4));
  readonly decompositions = readEntries(this.section(5));
  readonly exclusions = readEntries(this.section(6));
  readonly numbers = readEntries(this.section(7));
  readonly oldProperties = new Runs(this.section(8));
  readonly oldCanonical = readEntries(this.section(9));
  readonly oldNumbers = readEntries(this.section(10));
  readonly oldDecompositions = readEntries(this.section(11));
  private characters: Map<string, number> | undefined;
  private sequences: Map<string, string> | undefined;

  private section(i: number): string {
    return this.sections[i] ?? '';
  }

  /** Characters by name and alias. */
  get byName(): Map<string, number> {
    if (this.characters !== undefined) return this.characters;
    const map = new Map<string, number>();
    for (const [cp, name] of this.names) map.set(name, cp);
    for (const line of this.section(2).split('\n')) {
      const space = line.indexOf(' ');
      map.set(line.slice(space + 1), parseInt(line.slice(0, space), 16));
    }
    return (this.characters = map);
  }

  /** Sequences of characters that have a name. */
  get bySequenceName(): Map<string, string> {
    if (this.sequences !== undefined) return this.sequences;
    const map = new Map<string, string>();
    for (const line of this.section(3).split('\n')) {
      const [, points, name] = /^((?:[0-9A-F]{4,6} )+)(.*)$/.exec(line) ?? ['', '', ''];
      if (points !== undefined && name !== undefined && points !== '') map.set(name, textOf(points.trim()));
    }
    return (this.sequences = map);
  }
}

let database: Database | undefined;

function db(): Database {
  return (database ??= new Database());
}

const enum Hangul {
  First = 0xac00,
  Count = 11172,
  Vowels = 21,
  Tails = 28,
}

const LEADS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const TAILS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');
const HANGUL_PREFIX = 'HANGUL SYLLABLE ';
const UNIFIED_PREFIX = 'CJK UNIFIED IDEOGRAPH-';

/** Which version is asked: 15.0, or what `ucd_3_2_0` answers. */
export type UcdVersion = 'new' | 'old';

function isMissingIn(version: UcdVersion, cp: number): boolean {
  return version === 'old' && propertiesOf('old', cp).category === 'Cn';
}

/** The name of a character; undefined if it has none. */
export function characterName(cp: number, version: UcdVersion = 'new'): string | undefined {
  if (isMissingIn(version, cp)) return undefined;
  const syllable = cp - Hangul.First;
  if (syllable >= 0 && syllable < (Hangul.Count as number)) {
    const lead = LEADS[Math.floor(syllable / (Hangul.Vowels * Hangul.Tails))] ?? '';
    const vowel = VOWELS[Math.floor(syllable / Hangul.Tails) % Hangul.Vowels] ?? '';
    return `${HANGUL_PREFIX}${lead}${vowel}${TAILS[syllable % Hangul.Tails] ?? ''}`;
  }
  if (db().unified.get(cp) !== '') return UNIFIED_PREFIX + cp.toString(16).toUpperCase();
  return db().names.get(cp);
}

/** The start of `text` that is the longest of `parts`, as its index; −1 if there is none. */
function longestStart(text: string, parts: readonly string[]): number {
  let best = -1;
  parts.forEach((part, i) => {
    if (text.startsWith(part) && (best < 0 || part.length > (parts[best] ?? '').length)) best = i;
  });
  return best;
}

function syllableNamed(rest: string): number {
  const lead = longestStart(rest, LEADS);
  if (lead < 0) return -1;
  const afterLead = rest.slice((LEADS[lead] ?? '').length);
  const vowel = longestStart(afterLead, VOWELS);
  if (vowel < 0) return -1;
  const tail = TAILS.indexOf(afterLead.slice((VOWELS[vowel] ?? '').length));
  return tail < 0 ? -1 : Hangul.First + (lead * Hangul.Vowels + vowel) * Hangul.Tails + tail;
}

/** The code point of a character's name or alias; −1 if there is none. Names of syllables and ideographs are to be written
 *  in capitals, as CPython wants them. */
function characterNamed(name: string, version: UcdVersion = 'new'): number {
  if (name.startsWith(HANGUL_PREFIX)) return syllableNamed(name.slice(HANGUL_PREFIX.length));
  if (name.startsWith(UNIFIED_PREFIX)) {
    const digits = name.slice(UNIFIED_PREFIX.length);
    const cp = /^[0-9A-F]{4,5}$/.test(digits) ? parseInt(digits, 16) : -1;
    return cp >= 0 && db().unified.get(cp) !== '' ? cp : -1;
  }
  const cp = db().byName.get(name.toUpperCase()) ?? -1;
  const isUnknown =
    version === 'old' && cp >= 0 && (isMissingIn('old', cp) || db().names.get(cp) !== name.toUpperCase());
  return isUnknown ? -1 : cp;
}

/** The text of a name, of an alias, or of a named sequence; undefined if there is none. */
export function textNamed(name: string, version: UcdVersion = 'new'): string | undefined {
  const cp = characterNamed(name, version);
  if (cp >= 0) return String.fromCodePoint(cp);
  return version === 'new' ? db().bySequenceName.get(name.toUpperCase()) : undefined;
}

/** What `\N{name}` stands for: a character, no sequence. */
export function escapeNamed(name: string): string | undefined {
  const cp = characterNamed(name);
  return cp < 0 ? undefined : String.fromCodePoint(cp);
}

interface Properties {
  readonly category: string;
  readonly bidirectional: string;
  readonly combining: number;
  readonly mirrored: boolean;
  readonly width: string;
}

const known = new Map<string, Properties>();

function readProperties(text: string): Properties {
  const found = known.get(text);
  if (found !== undefined) return found;
  const [category = '', bidirectional = '', combining = '', mirrored = '', width = ''] = text.split(',');
  const read = { category, bidirectional, combining: Number(combining), mirrored: mirrored !== '', width };
  known.set(text, read);
  return read;
}

export function propertiesOf(version: UcdVersion, cp: number): Properties {
  const old = version === 'old' ? db().oldProperties.get(cp) : '';
  return readProperties(old === '' ? db().properties.get(cp) : old);
}

/** Numeric, digit and decimal value; undefined where there is none. */
interface NumericValues {
  readonly numeric?: number;
  readonly digit?: number;
  readonly decimal?: number;
}

export function numbersOf(version: UcdVersion, cp: number): NumericValues {
  const old = version === 'old' ? db().oldNumbers.get(cp) : undefined;
  const text = old ?? db().numbers.get(cp) ?? '-';
  if (text === '-') return {};
  const [numeric = '', digit = '', decimal = ''] = text.split(',');
  return {
    ...(numeric === '' ? {} : { numeric: Number(numeric) }),
    ...(digit === '' ? {} : { digit: Number(digit) }),
    ...(decimal === '' ? {} : { decimal: Number(decimal) }),
  };
}

/** The decomposition mapping as the database writes it: `<compat> 0020 0301`, '' for none. */
export function decompositionOf(version: UcdVersion, cp: number): string {
  const old = version === 'old' ? db().oldDecompositions.get(cp) : undefined;
  const text = old ?? db().decompositions.get(cp) ?? '';
  return text === '-' ? '' : text;
}

/** The canonical decomposition that 3.2 had and later versions corrected; undefined for other characters. */
export function correctedIn32(cp: number): string | undefined {
  const points = db().oldCanonical.get(cp);
  return points === undefined ? undefined : textOf(points);
}

/** Pairs that canonical composition puts together, as two code points in one text. */
export function compositionPairs(): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const [cp, text] of db().decompositions) {
    if (text.startsWith('<') || db().exclusions.has(cp)) continue;
    pairs.set(textOf(text), cp);
  }
  return pairs;
}
