/** The tables: on the terminal and in bench/results.md. */
import { cpus, loadavg } from 'node:os';

/** @typedef {{ program: string, engine: string, cold: number, warm: number, rss: number, note: string }} Row */

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length % 2 === 1
    ? sorted[sorted.length >> 1]
    : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
}

/** @param {number[]} values @returns {number} the geometric mean */
export function mean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** One set as a Markdown table; ratios are to the baseline, the first engine.
 *  @param {string} set @param {Row[]} rows @param {string[]} engines @returns {string} */
export function tableOf(set, rows, engines) {
  const [baseline = '', ...others] = engines;
  const head = ['program', `${baseline} ms`, ...others.flatMap((name) => [`${name} cold`, `${name} warm`, 'MB'])];
  const programs = [...new Set(rows.map((row) => row.program))];
  const find = (/** @type {string} */ program, /** @type {string} */ engine) =>
    rows.find((row) => row.program === program && row.engine === engine);
  const body = programs.map((program) => {
    const base = find(program, baseline);
    const cells = others.flatMap((name) => cellsOf(find(program, name), base));
    return [program, format(base?.warm, 0), ...cells];
  });
  const totals = others.flatMap((name) => [total(name, 'cold'), total(name, 'warm'), '']);
  return [`## ${set}`, '', ...lines([head, ...body, ['geometric mean', '', ...totals]])].join('\n');

  /** @param {string} name @param {'cold' | 'warm'} key */
  function total(name, key) {
    const ratios = programs.map((program) => ratio(find(program, name), find(program, baseline), key));
    const known = ratios.filter((value) => Number.isFinite(value));
    return known.length === 0 ? '' : `**${mean(known).toFixed(2)}**`;
  }
}

/** @param {Row | undefined} row @param {Row | undefined} base @returns {string[]} */
function cellsOf(row, base) {
  if (row === undefined) return ['', '', ''];
  if (row.note !== '') return [row.note, '', ''];
  return [format(ratio(row, base, 'cold'), 2), format(ratio(row, base, 'warm'), 2), format(row.rss, 0)];
}

/** @param {Row | undefined} row @param {Row | undefined} base @param {'cold' | 'warm'} key */
function ratio(row, base, key) {
  return row === undefined || base === undefined || row.note !== '' ? NaN : row[key] / base[key];
}

/** @param {number | undefined} value @param {number} digits */
function format(value, digits) {
  return value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);
}

/** @param {string[][]} rows @returns {string[]} */
function lines(rows) {
  const line = (/** @type {string[]} */ row) => `| ${row.join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...body.map(line)];
}

/** Where and when. @param {Map<string, string>} versions @returns {string} */
export function heading(versions) {
  const [cpu] = cpus();
  return [
    '# Benchmark results',
    '',
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ` +
      `Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}.`,
    '',
    ...[...versions].map(([name, version]) => `- ${name}: ${version}`),
    '',
    'Ratios of time to the first engine (below 1 is faster), and the peak of resident memory. *Cold* is the first pass in a',
    'fresh process, *warm* the best of the later ones; each the median of the processes. Programs of `startup` are timed as',
    'whole processes. `npm run bench -- --help` lists the options.',
  ].join('\n');
}
