/** A generated program: a tree of lines, so that parts can be taken away and what is left is still indented rightly. */

export interface Statement {
  readonly line: string;
  /** what is indented below the line; null if nothing is */
  readonly body: readonly Statement[] | null;
  /** never taken away when the program shrinks */
  readonly fixed?: boolean;
}

const INDENT = '    ';

/** The source text; a block that lost its body gets `pass`. */
export function render(statements: readonly Statement[]): string {
  const lines: string[] = [];
  renderInto(lines, statements, '');
  return `${lines.join('\n')}\n`;
}

function renderInto(lines: string[], statements: readonly Statement[], indent: string): void {
  for (const { line, body } of statements) {
    lines.push(indent + line);
    if (body === null) continue;
    if (body.length === 0) lines.push(`${indent}${INDENT}pass`);
    else renderInto(lines, body, indent + INDENT);
  }
}

/** The tree of a source text without empty lines and continued lines: what `render` wrote, or a person. */
export function parse(source: string): Statement[] {
  const lines = source.split('\n').filter((line) => line.trim() !== '');
  return parseBlock(lines, 0, lines.length);
}

/** What a program begins with, so that both interpreters look at the same. */
const HEAD = new Set(['gc.disable()', 'gc.freeze()', 'gc.unfreeze()', 'gc.collect()']);

function parseBlock(lines: readonly string[], from: number, to: number): Statement[] {
  const statements: Statement[] = [];
  for (let at = from; at < to;) {
    const line = lines[at] as string;
    const indent = indentation(line);
    let end = at + 1;
    while (end < to && indentation(lines[end] as string) > indent) end++;
    const body = end > at + 1 ? parseBlock(lines, at + 1, end) : null;
    statements.push({ line: line.trim(), body, fixed: HEAD.has(line) });
    at = end;
  }
  return statements;
}

const indentation = (line: string): number => line.length - line.trimStart().length;

/** Lines in all. */
export function countLines(statements: readonly Statement[]): number {
  return statements.reduce((sum, { body }) => sum + 1 + (body === null ? 0 : countLines(body)), 0);
}
