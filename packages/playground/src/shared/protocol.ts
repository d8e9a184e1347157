/**
 * What the page and its worker say to each other. Everything is plain data; objects are named by `ObjectId`.
 *
 * A *moment* is a number: 0 is before the program's first line, `n` before the n-th line that it starts, the last one after its
 * end. What a moment shows is always the real state of the heap then.
 */

/** The number of an object's allocation, counted from the program's first line; negative for objects older than that. The same in each
 *  run of the same program. */
export type ObjectId = number;

export interface Program {
  readonly source: string;
  /** What `input()` reads. */
  readonly stdin: string;
}

export type Stream = 'stdout' | 'stderr';

/** Text written before the moment `moment` (and after the one before). */
export interface Written {
  readonly moment: number;
  readonly stream: Stream;
  readonly text: string;
}

/** How a run ended. */
export interface Outcome {
  readonly kind: 'finished' | 'error' | 'stopped';
  /** For people; empty if finished. */
  readonly message: string;
  /** Line of the program that an error belongs to, from 1; 0: none. */
  readonly line: number;
}

/** A collection that happened. */
export interface CollectionMark {
  readonly moment: number;
  readonly generation: number;
  /** Objects in the generations looked at. */
  readonly objects: number;
  readonly collected: number;
  readonly uncollectable: number;
  /** Moment after which it was over: a later one if finalizers ran lines of the program. */
  readonly over: number;
}

/** The death of an instance of one of the program's own classes, or a finalizer's call. */
export interface LifeMark {
  readonly moment: number;
  readonly kind: 'death' | 'finalizer' | 'weakref callback';
  readonly label: string;
}

/** Numbers for each moment. */
export interface Series {
  /** Line about to run, from 1; 0 at the end. */
  readonly lines: Int32Array;
  readonly depths: Int32Array;
  /** Metered bytes in use beyond those of an empty interpreter. */
  readonly bytes: Float64Array;
  /** Objects that the program made and that are alive. */
  readonly objects: Int32Array;
  /** The counts of the three generations, one after another for each moment. */
  readonly generations: Int32Array;
}

/** How many objects of each type are alive, at some moments. */
export interface TypeSamples {
  readonly moments: readonly number[];
  readonly types: readonly { readonly name: string; readonly counts: readonly number[] }[];
}

/** What a run was, from its first line to its end. */
export interface Recording {
  readonly outcome: Outcome;
  readonly written: readonly Written[];
  readonly series: Series;
  readonly samples: TypeSamples;
  readonly thresholds: readonly [number, number, number];
  readonly collections: readonly CollectionMark[];
  readonly lives: readonly LifeMark[];
  /** Bytes that each line allocated, by line number. */
  readonly heat: readonly { readonly line: number; readonly bytes: number; readonly blocks: number }[];
  /** The program went on after the last moment: so many lines are kept. */
  readonly truncated: boolean;
  readonly milliseconds: number;
}

/** A row of a card: a reference with its name, or a plain value. */
export interface Field {
  readonly name: string;
  /** Text of what is shown in place; null if `target` has a card. */
  readonly text: string | null;
  /** Card that the row's arrow leads to: an object's or a group's. */
  readonly target: string | null;
  readonly weak: boolean;
  /** Not so at the moment before. */
  readonly changed: boolean;
}

export type Change = 'new' | 'changed' | null;

/** What is drawn as one box. `key` is the same from moment to moment. */
export interface Card {
  readonly key: string;
  readonly kind: 'namespace' | 'frame' | 'object' | 'group';
  readonly title: string;
  readonly label: string;
  readonly fields: readonly Field[];
  /** Rows that are not shown. */
  readonly more: number;
  /** Objects only: the rest is for others 0 or empty. */
  readonly id: ObjectId;
  readonly address: string;
  /** Negative: immortal. */
  readonly count: number;
  /** Count at the moment before, if it was another. */
  readonly countBefore: number | null;
  /** Generation of the collector; −1: not tracked; 3: frozen. */
  readonly generation: number;
  readonly bytes: number;
  readonly garbage: boolean;
  readonly finalized: boolean;
  readonly change: Change;
  /** Line that allocated it; 0: unknown. */
  readonly bornLine: number;
  /** Objects of a group. */
  readonly members: number;
}

export interface ViewOptions {
  /** Types whose objects are drawn one by one even if there are many. */
  readonly expanded: readonly string[];
  /** Show only the neighbourhood of this object. */
  readonly focus: ObjectId | null;
  readonly search: string;
  /** Give numbers and texts cards of their own. */
  readonly atoms: boolean;
}

export const NO_OPTIONS: ViewOptions = { expanded: [], focus: null, search: '', atoms: false };

export interface Found {
  readonly id: ObjectId;
  readonly label: string;
  readonly type: string;
}

/** The heap at one moment. */
export interface HeapView {
  readonly moment: number;
  readonly line: number;
  readonly function: string;
  readonly cards: readonly Card[];
  /** Died since the moment before. */
  readonly died: readonly string[];
  /** Objects of the program; garbage among them. */
  readonly objects: number;
  readonly garbage: number;
  readonly bytes: number;
  readonly generations: readonly number[];
  readonly thresholds: readonly number[];
  readonly found: readonly Found[];
}

/** A way to an object, from a root on. */
export interface Way {
  readonly steps: readonly { readonly name: string; readonly label: string; readonly id: ObjectId | null }[];
}

export interface LedgerEntry {
  readonly moment: number;
  readonly line: number;
  readonly what: string;
  /** The count after it. */
  readonly count: number;
}

/** Everything about one object at one moment. */
export interface ObjectReport {
  readonly id: ObjectId;
  readonly label: string;
  readonly type: string;
  readonly alive: boolean;
  readonly garbage: boolean;
  readonly count: number;
  readonly bytes: number;
  readonly retained: number;
  readonly bornLine: number;
  readonly ways: readonly Way[];
  readonly cycle: string | null;
  /** The reference whose being weak would break the cycle. */
  readonly advice: string | null;
  readonly counted: readonly { readonly name: string; readonly label: string; readonly id: ObjectId | null }[];
  readonly ledger: readonly LedgerEntry[];
}

/** What one step of the theatre says of an object. */
export interface Actor {
  readonly id: ObjectId;
  readonly key: string;
  readonly label: string;
}

export type ActorState = 'waiting' | 'outside' | 'reachable' | 'unreachable' | 'resurrected' | 'gone';

export interface TheatreStep {
  readonly phase: string;
  readonly sentence: string;
  /** `gcRefs` of each actor after this step, −1 where it means nothing. */
  readonly refs: readonly number[];
  readonly states: readonly ActorState[];
  /** The reference that this step is about: from actor to actor, −1: not an actor. */
  readonly edge: { readonly from: number; readonly to: number; readonly name: string } | null;
}

/** A collection to be played. Actors are the program's objects among those looked at. */
export interface Theatre {
  readonly collection: CollectionMark;
  readonly actors: readonly Actor[];
  /** Other objects that were looked at: the interpreter's own. */
  readonly others: number;
  readonly steps: readonly TheatreStep[];
  /** The heap as the collection began. */
  readonly view: HeapView;
}

export type Request =
  /** `line`: show the first moment before it; 0: the end. */
  | { readonly ask: 'run'; readonly program: Program; readonly line: number }
  | { readonly ask: 'view'; readonly moment: number; readonly options: ViewOptions }
  | { readonly ask: 'object'; readonly moment: number; readonly id: ObjectId }
  | { readonly ask: 'theatre'; readonly collection: number }
  | { readonly ask: 'evaluate'; readonly moment: number; readonly source: string };

/** What a run was, and the heap at the moment to begin with. */
export interface Ran {
  readonly recording: Recording;
  readonly view: HeapView;
}

export interface Answers {
  readonly run: Ran;
  readonly view: HeapView;
  readonly object: ObjectReport;
  readonly theatre: Theatre;
  readonly evaluate: readonly Written[];
}

/** To the worker. The first message of all says where the library is. */
export type ToWorker =
  | { readonly kind: 'start'; readonly library: string }
  | { readonly kind: 'request'; readonly number: number; readonly request: Request };

/** From the worker. `written` comes while the first run of a program goes on. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answers[keyof Answers] }
  | { readonly kind: 'failed'; readonly number: number; readonly message: string };
