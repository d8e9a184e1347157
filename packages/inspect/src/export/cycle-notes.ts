/** Cycles as a person wants to hear of them: those that a program made, one way around each, and what would break it. */
import type { HeapGraph } from '../graph/graph.ts';
import { cyclicComponents, shortestCycle, weakCandidates } from '../analysis/cycles.ts';
import type { Component } from '../analysis/cycles.ts';
import { sourceOf } from '../analysis/reach.ts';
import { cycleLine, edgeText } from './text.ts';

/** Objects in a component for which each edge is tried. */
const MAX_TRIED = 2000;

/** Types whose objects refer to each other by their nature; a cycle is told only if something else is in it. */
const SELF_REFERENT = new Set([
  'type',
  'module',
  'function',
  'code',
  'dict',
  'tuple',
  'getset_descriptor',
  'member_descriptor',
  'method_descriptor',
  'wrapper_descriptor',
  'builtin_function_or_method',
  'cell',
  'property',
  'classmethod',
  'staticmethod',
  'method',
]);

/** A group of objects that counting alone does not free. */
export interface CycleNote {
  readonly objects: number;
  readonly bytes: number;
  readonly cycle: string;
  /** Which reference had best be weak; empty if nobody looked. */
  readonly advice: string;
}

/** The components with cycles in which there is more than what Python itself puts into cycles; most bytes first. Objects of which
 *  `ignore` says so are left out. */
export function cyclesWorthTelling(g: HeapGraph, ignore: (node: number) => boolean = () => false): Component[] {
  const isNatural = (node: number): boolean => g.arrays.counts[node]! < 0 || g.typeName(node) === 'type';
  const components = cyclicComponents(g, (node) => isNatural(node) || ignore(node));
  return components.filter(({ nodes }) => nodes.some((node) => !SELF_REFERENT.has(g.typeName(node))));
}

/** One way around a component, and advice. */
export function cycleNote(g: HeapGraph, { nodes, bytes }: Component): CycleNote {
  const cycle = cycleLine(g, shortestCycle(g, nodes, startOf(g, nodes)));
  return { objects: nodes.length, bytes, cycle, advice: bestCut(g, nodes) };
}

/** An object of a program's own, if there is one. */
function startOf(g: HeapGraph, nodes: readonly number[]): number {
  return nodes.find((node) => !SELF_REFERENT.has(g.typeName(node))) ?? nodes[0]!;
}

/** The reference that had best be weak. Left out for components so large that trying takes long. */
function bestCut(g: HeapGraph, nodes: readonly number[]): string {
  if (nodes.length > MAX_TRIED) return '';
  const [best] = weakCandidates(g, nodes, startOf(g, nodes));
  if (best === undefined) return '';
  const owner = `${g.typeName(sourceOf(g, best.edge))}${edgeText(g, best.edge)}`;
  return `with ${owner} as a weak reference ${best.remaining === 0 ? 'none' : best.remaining} of them would be in a cycle`;
}
