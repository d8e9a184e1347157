/**
 * Files of events: a first line that says what they are, then one line for each event, beginning with a letter. Numbers are written in
 * base 36. Places and types are given by their numbers, in the order of the lines that name them.
 *
 * | line | means |
 * | --- | --- |
 * | `p LINE FUNCTION FILE` | the next place; the first one is the interpreter |
 * | `t NAME` | the next type |
 * | `@ PLACE` | what follows happens there |
 * | `a BLOCK BYTES`, `f BLOCK` | a block is allocated, given back |
 * | `+ OBJECT`, `- OBJECT` | a reference is added, released |
 * | `d OBJECT TYPE` | the last reference is gone, the destructor runs |
 * | `k OBJECT`, `u OBJECT` | the collector begins, ends to track an object |
 * | `z OBJECT TYPE`, `w WEAKREF` | a finalizer, a weak reference's callback is called |
 * | `c OBJECT` | the collector clears an object |
 * | `( GENERATION`, `| PHASE`, `) GENERATION COLLECTED UNCOLLECTABLE` | a collection |
 *
 * (Between the letter and the first number is no space.)
 */

/** The first line. */
export const EVENTS_HEAD = 'moult-events 1';

const BASE = 36;

export function number(n: number): string {
  return n.toString(BASE);
}

export interface EventPlace {
  readonly line: number;
  readonly function: string;
  readonly file: string;
}

/** One event. */
export interface HeapEvent {
  readonly kind:
    | 'alloc'
    | 'free'
    | 'incref'
    | 'decref'
    | 'dealloc'
    | 'track'
    | 'untrack'
    | 'finalize'
    | 'weakrefCallback'
    | 'clear'
    | 'collectionStart'
    | 'phase'
    | 'collectionStop';
  readonly place: EventPlace;
  /** The block, object or generation. */
  readonly subject: number;
  /** Bytes of a block; numbers of collected and uncollectable objects. */
  readonly values: readonly number[];
  /** A type's or a phase's name, else empty. */
  readonly name: string;
}

const KINDS: Readonly<Record<string, HeapEvent['kind']>> = {
  a: 'alloc',
  f: 'free',
  '+': 'incref',
  '-': 'decref',
  d: 'dealloc',
  k: 'track',
  u: 'untrack',
  z: 'finalize',
  w: 'weakrefCallback',
  c: 'clear',
  '(': 'collectionStart',
  '|': 'phase',
  ')': 'collectionStop',
};

const NOWHERE: EventPlace = { line: 0, function: '', file: '' };

/** The events of a file, line by line. Throws RangeError for a line that is none. */
export function* readEvents(lines: Iterable<string>): Generator<HeapEvent> {
  const places: EventPlace[] = [];
  const types: string[] = [];
  let place = NOWHERE;
  let at = 0;
  for (const line of lines) {
    if (++at === 1) {
      if (line !== EVENTS_HEAD) throw new RangeError(`line 1 is ${JSON.stringify(line)}, not ${EVENTS_HEAD}`);
      continue;
    }
    const rest = line.slice(1);
    if (line === '') continue;
    if (line.startsWith('p')) places.push(placeOf(rest));
    else if (line.startsWith('t')) types.push(rest);
    else if (line.startsWith('@')) place = places[parseInt(rest, BASE)] ?? NOWHERE;
    else yield eventOf(line, at, place, types);
  }
}

function placeOf(text: string): EventPlace {
  const [line = '0', name = '', ...file] = text.split(' ');
  return { line: parseInt(line, BASE), function: name, file: file.join(' ') };
}

function eventOf(line: string, at: number, place: EventPlace, types: readonly string[]): HeapEvent {
  const kind = KINDS[line.charAt(0)];
  if (kind === undefined) throw new RangeError(`line ${at} begins with ${JSON.stringify(line.charAt(0))}`);
  if (kind === 'phase') return { kind, place, subject: 0, values: [], name: line.slice(1) };
  const [subject = 0, ...values] = line
    .slice(1)
    .split(' ')
    .map((word) => parseInt(word, BASE));
  if (kind !== 'dealloc' && kind !== 'finalize') return { kind, place, subject, values, name: '' };
  return { kind, place, subject, values: [], name: types[values[0] ?? -1] ?? '?' };
}

/** An event as a line for people. */
export function eventText({ kind, place, subject, values, name }: HeapEvent): string {
  const where = place.file === '' ? '(interpreter)' : `${place.file}:${place.line} in ${place.function}`;
  const what = kind === 'phase' ? name : `${subject} ${values.join(' ')} ${name}`.trimEnd().replace(/ +/g, ' ');
  return `${kind.padEnd(16)} ${what.padEnd(32)} ${where}`;
}
