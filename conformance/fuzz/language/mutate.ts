/** Mutations of a program: statements deleted, doubled, swapped or taken from another one, constants and operators replaced. */
import type { Statement } from '../program.ts';
import type { Random } from '../random.ts';

type Program = readonly Statement[];

/** The mutant of a seed: a program of the corpus with one to five changes. */
export function mutant(random: Random, corpus: readonly Program[]): Program {
  let program = random.pick(corpus);
  for (let i = random.between(1, 5); i > 0; i--) program = change(random, program, corpus);
  return program;
}

function change(random: Random, program: Program, corpus: readonly Program[]): Program {
  const [path, sequence] = anySequence(random, program);
  return replaced(program, path, changeSequence(random, sequence, corpus));
}

/** A block of the program at random, and the way to it. */
function anySequence(random: Random, program: Program): [path: number[], sequence: Program] {
  const path: number[] = [];
  let sequence = program;
  for (;;) {
    const blocks = sequence.flatMap(({ body }, at) => (body !== null && body.length > 0 ? [at] : []));
    if (blocks.length === 0 || random.chance(0.3)) return [path, sequence];
    const at = random.pick(blocks);
    path.push(at);
    sequence = (sequence[at] as Statement).body as Program;
  }
}

/** The program with another block at the end of `path`. */
function replaced(program: Program, path: readonly number[], block: Program): Program {
  const [at, ...rest] = path;
  if (at === undefined) return block;
  return program.map((statement, i) =>
    i === at ? { ...statement, body: replaced(statement.body ?? [], rest, block) } : statement,
  );
}

function changeSequence(random: Random, block: Program, corpus: readonly Program[]): Program {
  const at = random.below(block.length);
  const statement = block[at];
  if (statement === undefined || statement.fixed === true) return block;
  const [before, after] = [block.slice(0, at), block.slice(at + 1)];
  return random
    .weighted<{ weight: number; result: () => Program }>([
      { weight: 2, result: () => [...before, ...after] },
      { weight: 1, result: () => [...before, statement, statement, ...after] },
      { weight: 1, result: () => [...before, ...after.slice(0, 1), statement, ...after.slice(1)] },
      {
        weight: 1,
        result: () => [...before, statement, random.pick(anySequence(random, random.pick(corpus))[1]), ...after],
      },
      { weight: 6, result: () => [...before, { ...statement, line: changeLine(random, statement.line) }, ...after] },
    ])
    .result();
}

const TOKEN =
  /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\b\d[\d_.]*\b|\b(?:True|False|None|and|or|is|in|not|yield|return|await)\b|[=!<>]=|\*\*|\/\/|<<|>>|[-+*/%&|^<>]/g;

/** Groups of tokens that stand for each other. */
const KINDS: readonly (readonly string[])[] = [
  ['==', '!=', '<', '>', '<=', '>=', 'is', 'in'],
  ['+', '-', '*', '/', '//', '%', '**', '&', '|', '^', '<<', '>>'],
  ['and', 'or'],
  [
    '0',
    '1',
    '-1',
    '2',
    '3',
    '10',
    '255',
    '1.5',
    'True',
    'False',
    'None',
    "''",
    "'a'",
    '()',
    '[]',
    '{}',
    '2.0',
    '1j',
    "b'x'",
    '...',
  ],
];

/** The line with one token replaced by one that may stand in its place. */
function changeLine(random: Random, line: string): string {
  const tokens = [...line.matchAll(TOKEN)];
  if (tokens.length === 0) return line;
  const token = random.pick(tokens);
  const kind = KINDS.find((words) => words.includes(token[0])) ?? (KINDS[3] as readonly string[]);
  return line.slice(0, token.index) + random.pick(kind) + line.slice(token.index + token[0].length);
}
