/** The page of `moult report`: one file without network, for readers who never heard of reference counts. */
import type { CollectionRecord, Tracer } from '../trace/tracer.ts';
import { STYLE } from './page-style.ts';
import type { Kept, ReportData } from './reporter.ts';

const MOST_ROWS = 25;

/** The report as HTML. */
export function page(data: ReportData): string {
  const title = `What ${data.program.slice(data.program.lastIndexOf('/') + 1)} did with memory`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>
<h1>${escape(title)}</h1>
${summary(data)}
${section('Memory over time', timeText(data.tracer), chart(data.tracer))}
${section('Where it was allocated', 'Each line of the program, with what it took from memory and how much of that was still there at the end.', lineTable(data.tracer))}
${section('What was there at the end', END_TEXT, survivorTable(data) + allTypes(data))}
${section('Why it was still there', KEPT_TEXT, data.kept.map(keptPart).join(''))}
${section('Circles', CIRCLE_TEXT, cycleParts(data))}
${section('The collector at work', COLLECTOR_TEXT, collectionTable(data.tracer.collections))}
${finalizerPart(data.tracer)}
${ledgerPart(data)}
${WORDS}
</main></body></html>
`;
}

const END_TEXT =
  'Objects that the program made and that were still there when its last line had run, with the line that made them.';
const KEPT_TEXT =
  'An object lives as long as something refers to it. For each class of the program: the object that keeps most memory, and the ways by which it is reached. Each line leads from the one above it.';
const CIRCLE_TEXT =
  'Objects that refer to each other in a circle keep each other alive, even if nothing else needs them. Counting references never frees them; the collector has to find them. Making one reference of a circle <em>weak</em> (<code>weakref.ref</code>) breaks it.';
const COLLECTOR_TEXT =
  'Now and then Python looks for circles that nothing else refers to. It looks at young objects (generation 0) often, at old ones (generation 2) seldom.';
const WORDS = `<section><h2>Words</h2><dl>
<dt>Reference count</dt><dd>How many references lead to an object. At zero it is freed at once.</dd>
<dt>Block</dt><dd>A piece of memory. Most objects are one block; lists and dicts have more.</dd>
<dt>Collector</dt><dd>Finds circles of objects that nobody refers to any more.</dd>
<dt>Finalizer</dt><dd>A method <code>__del__</code>, called before an object is freed.</dd>
<dt>Weak reference</dt><dd>One that does not keep its object alive.</dd></dl></section>`;

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function section(title: string, text: string, body: string): string {
  if (body === '') return '';
  return `<section><h2>${title}</h2><p>${text}</p>${body}</section>`;
}

function bytesText(n: number): string {
  if (Math.abs(n) < 10_000) return `${n} bytes`;
  return n < 10_000_000 ? `${(n / 1000).toFixed(1)} kB` : `${(n / 1e6).toFixed(1)} MB`;
}

function summary({ tracer, survivors, cycles, garbage }: ReportData): string {
  const total = [...tracer.lines.values()].reduce((sum, line) => sum + line.bytes, 0);
  const collected = tracer.collections.reduce((sum, record) => sum + record.collected, 0);
  const alive = survivors.reduce((sum, group) => sum + group.count, 0);
  const waiting = garbage.reduce((sum, [, count]) => sum + count, 0);
  const facts: [string, string][] = [
    [bytesText(total), `allocated in ${tracer.made} blocks`],
    [bytesText(tracer.peak), `in use at most, at ${tracer.peakPlace || 'its start'}`],
    [String(tracer.collections.length), `runs of the collector, which freed ${collected} objects`],
    [String(alive), 'objects of the program alive at its end'],
    [String(cycles.length), `groups of objects in circles; ${waiting} objects wait for the collector`],
  ];
  return `<ul class="facts">${facts
    .map(([number, text]) => `<li><strong>${escape(number)}</strong> ${escape(text)}</li>`)
    .join('')}</ul>`;
}

function timeText(tracer: Tracer): string {
  return `Memory in use while the program allocated its ${tracer.made} blocks, from left to right. A mark below is a run of the collector.`;
}

const WIDTH = 900;
const HEIGHT = 180;

function chart({ uses, peak, made, collections }: Tracer): string {
  if (uses.length < 2) return '';
  const low = Math.min(...uses.map(({ bytes }) => bytes));
  const x = (when: number): string => ((WIDTH * when) / Math.max(made, 1)).toFixed(1);
  const y = (bytes: number): string => (HEIGHT - (HEIGHT * (bytes - low)) / Math.max(peak - low, 1)).toFixed(1);
  const line = uses.map(({ blocks, bytes }) => `${x(blocks)},${y(bytes)}`).join(' ');
  const marks = collections
    .slice(0, 2000)
    .map(
      (c) =>
        `<line class="g${c.generation}" x1="${x(c.when)}" x2="${x(c.when)}" y1="${HEIGHT + 4}" y2="${HEIGHT + 8 + 4 * c.generation}"/>`,
    );
  return `<figure><svg viewBox="0 -6 ${WIDTH} ${HEIGHT + 28}" role="img" aria-label="Memory in use over time">
<polygon points="0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}"/><polyline points="${line}"/>${marks.join('')}</svg>
<figcaption>from ${bytesText(low)} to ${bytesText(peak)}</figcaption></figure>`;
}

/** A table; numbers to the right, a bar behind the first. */
function table(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  share: (row: number) => number,
): string {
  if (rows.length === 0) return '';
  const body = rows.slice(0, MOST_ROWS).map((row, i) => {
    const cells = row.map((cell, at) => {
      const bar = at === 0 ? ` style="--share:${(100 * share(i)).toFixed(1)}%"` : '';
      return `<td${typeof cell === 'number' ? ' class="n"' : ''}${bar}>${escape(typeof cell === 'number' ? cell.toLocaleString('en') : cell)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const more = rows.length > MOST_ROWS ? `<p class="more">and ${rows.length - MOST_ROWS} more</p>` : '';
  return `<div class="wide"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>${more}`;
}

function lineTable(tracer: Tracer): string {
  const lines = [...tracer.lines.values()].sort((a, b) => b.bytes - a.bytes);
  const most = lines[0]?.bytes ?? 1;
  return table(
    ['bytes', 'blocks', 'bytes alive', 'line'],
    lines.map((line) => [line.bytes, line.blocks, line.aliveBytes, line.place]),
    (i) => lines[i]!.bytes / most,
  );
}

function survivorTable({ survivors }: ReportData): string {
  const most = survivors[0]?.bytes ?? 1;
  return table(
    ['bytes', 'objects', 'type', 'made at'],
    survivors.map(({ bytes, count, typeName, place }) => [bytes, count, typeName, place]),
    (i) => survivors[i]!.bytes / most,
  );
}

function allTypes(data: ReportData): string {
  const text = '<p><em>Retained</em> is what would be freed if all objects of a type went.</p>';
  return `<details><summary>All objects by type, those of Python itself too</summary>${text}${typeTable(data)}</details>`;
}

function typeTable({ types }: ReportData): string {
  const most = types[0]?.bytes ?? 1;
  return table(
    ['bytes', 'objects', 'retained', 'type'],
    types.map((group) => [group.bytes, group.count, group.retained, group.typeName]),
    (i) => types[i]!.bytes / most,
  );
}

function keptPart({ typeName, count, label, retained, ways }: Kept): string {
  const paths = ways.map((way) => `<pre>${escape(way.join('\n'))}</pre>`).join('');
  const none = '<p>Nothing outside of its circle refers to it: the collector will find it.</p>';
  return `<details open><summary><strong>${escape(typeName)}</strong>: ${count} ${count === 1 ? 'object' : 'objects'}; ${escape(label)} keeps ${bytesText(retained)}</summary>${paths || none}</details>`;
}

function cycleParts({ cycles }: ReportData): string {
  return cycles
    .map(
      ({ objects, bytes, cycle, advice }) =>
        `<details open><summary>${objects} objects, ${bytesText(bytes)}</summary><pre>${escape(cycle.replaceAll('-> ', '->\n  '))}</pre>${advice === '' ? '' : `<p class="advice">${escape(advice)}</p>`}</details>`,
    )
    .join('');
}

function collectionTable(collections: readonly CollectionRecord[]): string {
  const most = Math.max(1, ...collections.map(({ objects }) => objects));
  return table(
    ['objects looked at', 'generation', 'freed', 'could not be freed', 'ms', 'when the program was at'],
    collections.map((c) => [
      c.objects,
      c.generation,
      c.collected,
      c.uncollectable,
      Number(c.milliseconds.toFixed(2)),
      c.place,
    ]),
    (i) => collections[i]!.objects / most,
  );
}

function finalizerPart({ finalizers, deaths }: Tracer): string {
  const rows = [...finalizers.values()];
  const dead = [...deaths.values()].sort((a, b) => b.count - a.count).slice(0, MOST_ROWS);
  const text = `<p>Freed while the program ran: ${escape(dead.map(({ typeName, count }) => `${count} ${typeName}`).join(', '))}.</p>`;
  if (rows.length === 0) return dead.length === 0 ? '' : `<section><h2>What died</h2>${text}</section>`;
  const calls = table(
    ['calls', 'of', 'at'],
    rows.map(({ count, typeName, place }) => [count, typeName, place]),
    () => 0,
  );
  return `<section><h2>What died</h2>${text}<h3>Finalizers called</h3>${calls}</section>`;
}

function ledgerPart({ ledger }: ReportData): string {
  if (ledger === null) return '';
  const rows = ledger.entries.map(({ count, what, place, instruction, gained, lost }) => {
    const holders = [...gained.map((text) => `now held by ${text}`), ...lost.map((text) => `let go by ${text}`)];
    return [count, what, `${place} ${instruction}`.trim(), holders.join('; ')];
  });
  const most = Math.max(1, ...ledger.entries.map(({ count }) => count));
  return section(
    `The life of ${escape(ledger.label)}`,
    'Every change of its reference count, and the line that made it.',
    table(['count', 'what', 'where', 'references'], rows, (i) => ledger.entries[i]!.count / most),
  );
}
