/** One pass over everything reachable: how often each object and each keys record is referenced, and by whom. */
import type { Heap } from '../heap.ts';
import { EmbedderRoots, GcRoot } from '../layout/gc.ts';
import { Destroying, HeapRoot } from '../layout/heap-root.ts';
import { HeadWord, ObjectWord, Prev } from '../layout/object.ts';
import type { Ref } from '../memory/ref.ts';
import { forEachTracked, generationLists } from '../collector/generations.ts';
import { liveHandles } from '../handle/handle-table.ts';
import { destroyingEntries } from '../object/destroying.ts';
import { nextPutOff } from '../object/trashcan.ts';
import type { Visit } from '../object/traverse.ts';
import { FoundCounts } from './word-table.ts';
import { visitKeysOwned, visitOwned, visitRun, type OwnedVisitor } from './owned.ts';

/** The result of the pass, computed by the constructor. Nothing may run while it is in use. */
export class HeapView {
  /** Owned references found, for every object reached. */
  readonly counts: FoundCounts;
  /** References found, for every keys record reached. */
  readonly keysCounts = new Map<number, number>();
  /** Values records reached. */
  readonly valuesRecords = new Set<number>();
  /** Objects in the trashcan's lists: their counts are links or 0. */
  readonly putOff = new Set<Ref>();
  /** Who holds the object asked for, in words. */
  readonly holders: string[] = [];

  readonly #h: Heap;
  readonly #watched: Ref;
  readonly #dying = new Set<Ref>();
  readonly #todo: Ref[] = [];
  #owner: string | Ref = '';
  readonly #visitor: OwnedVisitor = {
    ref: (o) => {
      if (o !== 0) this.#count(o);
    },
    keys: (keys) => this.#countKeys(keys),
    values: (values) => this.valuesRecords.add(values),
  };

  constructor(h: Heap, roots?: (visit: Visit) => void, watched: Ref = 0) {
    this.#h = h;
    this.counts = new FoundCounts(h);
    this.#watched = watched;
    this.#visitRoots(roots);
    this.#visitTracked();
    this.#visitDestroyed();
    for (let o = this.#todo.pop(); o !== undefined; o = this.#todo.pop()) {
      this.#owner = o;
      visitOwned(h, o, this.#visitor);
    }
  }

  /** Whether the difference is that of an object in its destructor, which holds it while the finalizer runs. */
  tolerates(o: Ref, found: number): boolean {
    return this.#dying.has(o) && this.#h.words[o] === found + 1;
  }

  #visitRoots(roots?: (visit: Visit) => void): void {
    const h = this.#h;
    const H = h.words;
    const visit = this.#visitor.ref;
    this.#owner = 'root word';
    visitRun(H, EmbedderRoots.Start, EmbedderRoots.End - EmbedderRoots.Start, visit);
    visit(H[GcRoot.Garbage]);
    this.#owner = 'handle';
    for (const [, o] of liveHandles(h)) visit(o);
    this.#owner = 'root scanner';
    for (const scan of h.rootScanners) scan(h, visit);
    this.#owner = 'caller of the audit';
    roots?.(visit);
  }

  #visitTracked(): void {
    for (const list of generationLists(this.#h)) forEachTracked(this.#h, list, (o) => this.#reach(o));
    if (this.#h.words[GcRoot.Collecting] === 0) return;
    this.#owner = 'collection that calls weak references back';
    forEachTracked(this.#h, GcRoot.WeakrefCallbacks, (o) => this.#count(o));
  }

  #visitDestroyed(): void {
    const H = this.#h.words;
    this.#owner = 'destruction in progress';
    for (const [what, kind] of destroyingEntries(this.#h)) {
      if (kind === Destroying.Held) this.#count(what);
      else if (kind === Destroying.Keys) visitKeysOwned(H, what, this.#visitor.ref);
      else if (kind >= Destroying.Run) visitRun(H, what, kind - Destroying.Run, this.#visitor.ref);
      else this.#reachDying(what);
    }
    for (let o = H[GcRoot.TrashLater]; o !== 0; o = H[o + HeadWord.GcPrev] >>> Prev.Shift) this.#reachPutOff(o);
    for (let o = H[HeapRoot.DeepLater]; o !== 0; o = nextPutOff(this.#h, o)) this.#reachPutOff(o);
  }

  #reachDying(o: Ref): void {
    this.#dying.add(o);
    this.#reach(o);
  }

  #reachPutOff(o: Ref): void {
    this.putOff.add(o);
    this.#reach(o);
  }

  #count(o: Ref): void {
    this.#reach(o);
    this.counts.add(o);
    if (o === this.#watched) this.holders.push(this.#ownerText());
  }

  #reach(o: Ref): void {
    if (!this.counts.enter(o)) return;
    this.#todo.push(o);
    this.#reach(this.#h.words[o + ObjectWord.Type]);
  }

  #countKeys(keys: number): void {
    const seen = this.keysCounts.get(keys) ?? 0;
    this.keysCounts.set(keys, seen + 1);
    if (seen === 0) visitKeysOwned(this.#h.words, keys, this.#visitor.ref);
  }

  #ownerText(): string {
    const owner = this.#owner;
    return typeof owner === 'string' ? owner : `${this.#h.typeNameOf(owner)} at word ${owner}`;
  }
}
