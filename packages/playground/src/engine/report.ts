/** Everything about one object at one moment: why it is alive, and who counts. */
import {
  cycleLine,
  cyclicComponents,
  dominators,
  Paths,
  shortestCycle,
  sourceOf,
  weakCandidates,
  whoCounts,
} from '@moult/inspect';
import type { ObjectId, ObjectReport, Way } from '../shared/protocol.ts';
import type { Model } from './model.ts';

/** Ways that are shown. */
const WAYS = 4;

/** References that are listed. */
const COUNTED = 60;

type Untold = Omit<ObjectReport, 'ledger'>;

/** What can be said without running anything. */
export function reportOn(model: Model, id: ObjectId): Untold {
  const node = model.nodeOf(id);
  if (node < 0) return { ...NOBODY, id };
  const { graph } = model;
  const cycle = cycleOf(model, node);
  const counted = whoCounts(graph, node);
  return {
    id,
    label: graph.label(node),
    type: graph.typeName(node),
    alive: true,
    garbage: model.isGarbage(node),
    count: counted.count,
    bytes: graph.arrays.bytes[node]!,
    retained: dominators(graph).retained[node]!,
    bornLine: model.bornLine(node),
    ways: new Paths(graph).all(node, WAYS).map((path) => wayOf(model, path)),
    ...cycle,
    counted: counted.edges.slice(0, COUNTED).map((edge) => {
      const source = sourceOf(graph, edge);
      return { name: graph.edgeName(edge), label: graph.label(source), id: idOf(model, source) };
    }),
  };
}

const NOBODY: Untold = {
  id: 0,
  label: '',
  type: '',
  alive: false,
  garbage: false,
  count: 0,
  bytes: 0,
  retained: 0,
  bornLine: 0,
  ways: [],
  cycle: null,
  advice: null,
  counted: [],
};

function idOf(model: Model, node: number): ObjectId | null {
  return model.isProgrammed(node) ? model.id(node) : null;
}

/** From the group of roots on. */
function wayOf(model: Model, path: readonly number[]): Way {
  const { graph } = model;
  const steps = path.map((edge) => {
    const node = graph.arrays.targets[edge]!;
    return { name: graph.edgeName(edge), label: graph.label(node), id: idOf(model, node) };
  });
  return { steps: steps.slice(1) };
}

/** The cycle that an object is in, and which of its references to make weak. */
function cycleOf(model: Model, node: number): { cycle: string | null; advice: string | null } {
  const { graph } = model;
  const own = cyclicComponents(graph, (other) => !model.isProgrammed(other) || model.isAtom(other));
  const component = own.find(({ nodes }) => nodes.includes(node));
  if (component === undefined) return { cycle: null, advice: null };
  const best = weakCandidates(graph, component.nodes, node).find(({ edge }) => {
    return !STRONG_ONLY.has(graph.typeName(graph.arrays.targets[edge]!)) && !isMade(graph.edgeName(edge));
  });
  const advice =
    best === undefined
      ? null
      : `with ${graph.typeName(sourceOf(graph, best.edge))}${edgeText(graph.edgeName(best.edge))} as a weak reference ` +
        (best.remaining === 0 ? 'counting alone would free it' : `${best.remaining} objects would still be in a cycle`);
  return { cycle: cycleLine(graph, shortestCycle(graph, component.nodes, node)), advice };
}

/** Types whose objects no weak reference can refer to. */
const STRONG_ONLY = new Set(['list', 'dict', 'tuple', 'cell', 'traceback', 'int', 'str']);

/** References that Python makes, not the program. */
const isMade = (name: string): boolean => name.startsWith('__') && name.endsWith('__');

const edgeText = (name: string): string => (name.startsWith('[') ? name : `.${name}`);
