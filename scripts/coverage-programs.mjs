/** `npm run coverage:programs [-- WORD...]`: which lines of the runtime the conformance programs execute, by folder. Takes
 *  minutes; words select programs. Needs `npm run build`. */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';
import { root } from './lib/paths.mjs';
import { importTypeScript } from './lib/run-ts.mjs';

/** @typedef {{ startOffset: number, endOffset: number, count: number }} Range */

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
const programs = /** @type {{ runPrograms(root: string, words: string[]): { ran: number, ended: string[] } }} */ (
  await importTypeScript('conformance/executed/run.ts')
);
const { ran, ended } = programs.runPrograms(root, process.argv.slice(2));
const { result } = await session.post('Profiler.takePreciseCoverage');
const script = result.find(({ url }) => /\.cache\/run\.\d+\.mjs$/.test(url));
if (script === undefined) throw new Error('the bundle was not measured');
console.log(
  `${ran} programs, ${ended.length} of them ended from outside: ${ended.map((path) => relative(root, path)).join(', ')}`,
);
report(
  linesOf(
    fileURLToPath(script.url),
    script.functions.flatMap(({ ranges }) => ranges),
  ),
);

/** By source file, its lines with code and whether each was executed.
 *  @param {string} path @param {Range[]} ranges */
function linesOf(path, ranges) {
  const text = readFileSync(path, 'utf8');
  const executed = executedBytes(text.length, ranges);
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const map = text.match(/\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/)?.[1] ?? '';
  /** @type {Map<string, Map<number, boolean>>} */
  const files = new Map();
  eachMapping(
    new TraceMap(Buffer.from(map, 'base64').toString()),
    ({ source, originalLine, generatedLine, generatedColumn }) => {
      if (source === null || originalLine === null) return;
      const lines = files.get(source) ?? new Map();
      files.set(source, lines);
      const hit = executed[(starts[generatedLine - 1] ?? 0) + generatedColumn] === 1;
      lines.set(originalLine, hit || lines.get(originalLine) === true);
    },
  );
  return new Map([...files].map(([source, lines]) => [relative(root, resolve(root, '.cache', source)), lines]));
}

/** Inner ranges come after those around them and decide.
 *  @param {number} length @param {Range[]} ranges */
function executedBytes(length, ranges) {
  const executed = new Uint8Array(length);
  const outerFirst = [...ranges].sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of outerFirst) executed.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return executed;
}

/** @param {Map<string, Map<number, boolean>>} files */
function report(files) {
  /** @type {Map<string, [hit: number, all: number]>} */
  const folders = new Map();
  for (const [path, lines] of files) {
    const folder = /^packages\/(heap|moult)\/src\/([^/]+)\//.exec(path);
    if (folder === null) continue;
    const name = `${folder[1]}/${folder[2]}`;
    const [hit, all] = folders.get(name) ?? [0, 0];
    folders.set(name, [hit + [...lines.values()].filter(Boolean).length, all + lines.size]);
  }
  console.log('| folder | lines | executed | |\n| --- | --: | --: | --: |');
  for (const [name, [hit, all]] of [...folders].sort()) {
    console.log(`| ${name} | ${all} | ${hit} | ${((100 * hit) / all).toFixed(1)} % |`);
  }
}
