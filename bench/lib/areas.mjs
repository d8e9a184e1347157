/** Tells to which part of Moult the samples of a profile belong. */
import { readFileSync } from 'node:fs';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

/** The parts, in the order of the columns. */
export const AREAS = ['generated', 'loop', 'eval', 'allocate', 'release', 'collect', 'objects', 'natives', 'V8'];

/** Samples before this share of a run are of a program that is not warm yet. */
const COLD = 0.4;

/** What generated functions share. */
const GENERATED = new Set(['drop', 'goOn', 'isSimple', 'keep', 'miss']);

/** By the path of a function's source, the first that matches. @type {[RegExp, string][]} */
const RULES = [
  [/eval\/loop\.ts$/, 'loop'],
  [/heap\/src\/collector\//, 'collect'],
  [/heap\/src\/object\/(clear|dealloc|destroying|finalizer|free\.|refcount|trashcan|weakref)/, 'release'],
  [/heap\/src\/(alloc|object|memory)\//, 'allocate'],
  [/heap\/src\//, 'collect'],
  [/moult\/src\/(eval|frames)\//, 'eval'],
  [/moult\/src\/modules\//, 'natives'],
  [/moult\/src\//, 'objects'],
];

/**
 * @param {string} path of a .cpuprofile @param {string} map of the bundle's source map
 * @returns {{ areas: Map<string, number>, functions: [string, number][] }} shares of the warm time, by part and by function, greatest first
 */
export function sharesOf(path, map) {
  /** @type {{ nodes: { id: number, callFrame: CallFrame }[], samples: number[], timeDeltas: number[] }} */
  const profile = JSON.parse(readFileSync(path, 'utf8'));
  const trace = new TraceMap(readFileSync(map, 'utf8'));
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  /** @type {Map<string, number>} */
  const areas = new Map();
  /** @type {Map<string, number>} */
  const functions = new Map();
  let total = 0;
  for (let i = Math.floor(profile.samples.length * COLD); i < profile.samples.length; i++) {
    const frame = frames.get(profile.samples[i] ?? -1);
    const time = profile.timeDeltas[i] ?? 0;
    if (frame === undefined || frame.functionName === '(idle)') continue;
    total += time;
    const area = areaOf(frame, trace);
    areas.set(area, (areas.get(area) ?? 0) + time);
    const label = labelOf(frame);
    functions.set(label, (functions.get(label) ?? 0) + time);
  }
  const share = (/** @type {[string, number]} */ [name, time]) => /** @type {[string, number]} */ ([name, time / total]);
  return {
    areas: new Map([...areas].map(share)),
    functions: [...functions].map(share).sort((a, b) => b[1] - a[1]),
  };
}

/** @typedef {{ functionName: string, url: string, lineNumber: number, columnNumber: number }} CallFrame */

/** @param {CallFrame} frame @param {TraceMap} trace @returns {string} */
function areaOf({ functionName, url, lineNumber, columnNumber }, trace) {
  if (functionName.startsWith('py_') || (url === '' && GENERATED.has(functionName))) return 'generated';
  if (!url.endsWith('moult.js')) return 'V8';
  const { source } = originalPositionFor(trace, { line: lineNumber + 1, column: columnNumber });
  return RULES.find(([pattern]) => pattern.test(source ?? ''))?.[1] ?? 'V8';
}

/** A name without what bundling added. @param {CallFrame} frame */
function labelOf({ functionName }) {
  return functionName === '(garbage collector)' ? 'V8’s collector' : functionName.replace(/^py_/, 'generated ').replace(/(\D)\d+$/, '$1');
}
