/**
 * The part of a heap that a picture needs: what the program made, and what its variables name. Everything else is in it without its
 * references, so that the graph is small even if the interpreter has ten thousand objects.
 *
 * Who can be reached is found in the part alone, if it can be: an object that no variable leads to, and whose count is made up by others
 * like it, is garbage, whatever the rest of the heap looks like. If a count says that somebody outside holds one of them, only the whole
 * heap can tell (`isClosed`).
 */
import { isWeakref, ObjectWord, TupleWord, TypeFlag, TypeWord, WeakrefWord } from '@moult/heap';
import { EdgeKind } from '@moult/inspect';
import type { HeapGraph, HeapSource } from '@moult/inspect';
import { describeHeap, mainNamespace } from 'moult';
import type { RunningFrame, Runtime } from 'moult';

/** Describes the part. `own`: whether the program made an object; `tracked`: those of the program that the collector knows. */
export function describeOwn(
  rt: Runtime,
  frames: readonly RunningFrame[],
  own: (o: number) => boolean,
  tracked: readonly number[],
): HeapSource {
  const heap = describeHeap(rt);
  const main = mainNamespace(rt);
  const namespaces = new Set([main, ...frames.map(({ locals }) => locals)]);
  return {
    ...heap,
    roots: (visit) => {
      visit(main, 'modules', '__main__');
      for (const { variables, stack, locals } of frames) {
        for (const { name, value } of variables) visit(value, 'frames', name);
        for (const value of stack) visit(value, 'frames', 'stack');
        if (locals !== 0) visit(locals, 'frames', 'f_locals');
      }
      for (const o of tracked) if (isRegistered(rt, o, own)) visit(o, 'classes', 'subclasses');
    },
    tracked: (visit) => {
      for (const o of tracked) visit(o);
    },
    edges: (o, visit) => {
      if (namespaces.has(o) || own(o)) heap.edges(o, visit);
    },
  };
}

/** Whether a weak reference is the one by which a class of the interpreter knows a subclass that the program made. */
function isRegistered(rt: Runtime, o: number, own: (o: number) => boolean): boolean {
  const H = rt.words;
  if (!isWeakref(H, o) || H[o + WeakrefWord.Callback] !== 0) return false;
  const referent = H[o + WeakrefWord.Object]!;
  if (referent === 0 || (H[H[referent + ObjectWord.Type]! + TypeWord.Flags]! & TypeFlag.TypeSubclass) === 0)
    return false;
  const bases = H[referent + TypeWord.Bases]!;
  for (let i = 0; i < H[bases + TupleWord.Size]!; i++) if (!own(H[bases + TupleWord.Items + i]!)) return true;
  return false;
}

/** Whether the program's objects that were not reached are held by each other only. */
export function isClosed(graph: HeapGraph, reached: Uint8Array, own: (o: number) => boolean): boolean {
  const { first, targets, kinds, counts, refs } = graph.arrays;
  const lost: number[] = [];
  const held = new Map<number, number>();
  for (let node = 1; node < graph.nodeCount; node++) {
    if (reached[node] !== 0 || !graph.isObject(node)) continue;
    if (own(refs[node]!)) lost.push(node);
    for (let e = first[node]!; e < first[node + 1]!; e++) {
      if (kinds[e] !== EdgeKind.Weak) held.set(targets[e]!, (held.get(targets[e]!) ?? 0) + 1);
    }
  }
  return lost.every((node) => counts[node] === (held.get(node) ?? 0));
}
