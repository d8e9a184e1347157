/** Why an object is alive: ways from the root to it. */
import { ROOT } from '../graph/graph.ts';
import type { HeapGraph } from '../graph/graph.ts';
import { shortestTree, sourceOf } from './reach.ts';

/** The edges of a way, from the root on. */
export type Path = readonly number[];

/** Ways to nodes of one graph; the first question costs a search of the whole graph. */
export class Paths {
  readonly #g: HeapGraph;
  readonly #tree: Int32Array;

  constructor(g: HeapGraph) {
    this.#g = g;
    this.#tree = shortestTree(g);
  }

  /** The shortest way from the root to `node`; null if nothing keeps it alive but, perhaps, a cycle. */
  shortest(node: number): Path | null {
    const path: number[] = [];
    for (let at = node; at !== ROOT; at = sourceOf(this.#g, path.at(-1)!)) {
      const edge = this.#tree[at]!;
      if (edge < 0) return null;
      path.push(edge);
    }
    return path.reverse();
  }

  /** For each owner of `node`, the shortest way through it that does not lead through `node` before; shortest first,
   *  at most `limit`. */
  all(node: number, limit = Infinity): Path[] {
    const { first, sources, edges } = this.#g.referrers();
    const paths: Path[] = [];
    for (let i = first[node]!; i < first[node + 1]!; i++) {
      const before = this.shortest(sources[i]!);
      if (before === null || before.some((edge) => this.#g.arrays.targets[edge] === node)) continue;
      paths.push([...before, edges[i]!]);
    }
    return paths.sort((a, b) => a.length - b.length).slice(0, limit);
  }
}
