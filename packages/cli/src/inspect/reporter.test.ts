import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, finalize, runSource } from 'moult';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAboutFiles } from './files.ts';
import type { Observer } from './observer.ts';
import type { Inspection } from './options.ts';
import { planFor } from './perform.ts';

const PROGRAM = `import gc
class Node:
    def __init__(self, parent):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)
    def __del__(self): pass
cache = {}
root = Node(None)
cache['<tree>'] = Node(root)
gone = Node(None)
gone.me = gone
del gone
gc.collect()
more = [Node(None) for _ in range(20)]
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moult-report-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function watched(observer: Observer): void {
  const rt = createRuntime({ host: { write: () => undefined } as never, argv: ['/x/p.py'], singly: true });
  observer.begin?.(rt);
  expect(runSource(rt, PROGRAM, '/x/p.py')).toBe(0);
  observer.end?.(rt);
  finalize(rt);
  observer.over?.(rt);
}

function perform(inspection: Inspection): string {
  let text = '';
  const answer = { print: (part: string) => void (text += part), none: (part: string) => void (text += part) };
  const plan = planFor(inspection, answer);
  watched(plan.first);
  for (const next of [plan.second, plan.third]) if (next?.isNeeded() === true) watched(next.observer);
  return text;
}

describe('a report', () => {
  it('is one page without network that tells what happened, and why', () => {
    const output = join(folder, 'r.html');
    expect(perform({ kind: 'report', output, expression: "cache['<tree>']" })).toBe(`${output} is written\n`);
    const html = readFileSync(output, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/https?:|<script|<link|src=/);
    expect(html).toContain('What p.py did with memory');
    expect(html).toContain('p.py:16 in &lt;module&gt;');
    expect(html).toContain('Node.parent as a weak reference');
    expect(html).toContain('Finalizers called');
    expect(html).toContain('The life of Node at 0x');
    expect(html).toContain('.&lt;tree&gt; -&gt; Node');
    expect(html).not.toContain('<tree>');
  });
});

describe('a snapshot', () => {
  it('names the files that it wrote, and says how much is drawn', () => {
    const at = { kind: 'exit' } as const;
    const table = join(folder, 'h.csv');
    const [nodes, edges] = [join(folder, 'h.nodes.csv'), join(folder, 'h.edges.csv')];
    expect(perform({ kind: 'snapshot', output: table, format: 'tables', when: at })).toMatch(
      new RegExp(`^${nodes}, ${edges}: \\d+ nodes, \\d+ edges\n$`),
    );
    const drawing = join(folder, 'h.dot');
    const said = perform({ kind: 'snapshot', output: drawing, format: 'dot', when: at });
    const drawn = Number(/: (\d+) of \d+ nodes are drawn/.exec(said)?.[1]);
    expect(readFileSync(drawing, 'utf8').match(/^ *n\d+ \[/gm)).toHaveLength(drawn);
  });
});

describe('two snapshots', () => {
  it('are compared by type, line and way; the exit code says whether they differ', () => {
    const [before, after] = [join(folder, 'a.heapsnapshot'), join(folder, 'b.heapsnapshot')];
    perform({ kind: 'snapshot', output: before, format: 'heapsnapshot', when: { kind: 'line', file: '', line: 16 } });
    perform({ kind: 'snapshot', output: after, format: 'heapsnapshot', when: { kind: 'exit' } });
    let text = '';
    const print = (part: string): void => void (text += part);
    const question = { kind: 'diff', limit: 50, json: false } as const;
    expect(answerAboutFiles({ ...question, before, after }, print)).toBe(1);
    expect(text).toMatch(/\+20 +\+\d+ {2}Node\n/);
    expect(text).toMatch(/\+20 +\+\d+ {2}Node from p.py:16 in <module>/);
    expect(text).toMatch(/\+20 +\+\d+ {2}Node at __main__.more\[\*\]/);
    expect(answerAboutFiles({ ...question, before, after: before }, print)).toBe(0);
  });

  it('that cannot be read are refused with their name', () => {
    const question = { kind: 'diff', limit: 5, json: false, before: import.meta.filename, after: '' } as const;
    expect(() => answerAboutFiles(question, () => undefined)).toThrow(/reporter.test.ts: /);
  });
});
