/**
 * Mutated sources: the parser says what is wrong with a text by PythonSyntaxError, and what it accepts, the compiler compiles or refuses
 * in the same way; within a time that the length of the text explains.
 */
import { readFileSync } from 'node:fs';
import { compileModule } from '../../packages/moult/src/compiler/compile.ts';
import { PythonSyntaxError } from '../../packages/moult/src/syntax/errors.ts';
import { parse, parseInteractive } from '../../packages/moult/src/syntax/parse.ts';
import { Random } from '../fuzz/random.ts';
import { attempt, Defects } from './defects.ts';
import { mutateText } from './mutate.ts';
import type { Verdict } from './task.ts';

/** Lines of a program that are mutated together: what is around them would only be parsed again and again. */
const MOST_LINES = 24;
/** No text of that length takes longer, on a machine with other things to do. */
const LIMIT_MS = 5000;
const MAX_DEFECTS = 20;

/** Mutates pieces of the files.  @param first the seed of the first mutant */
export function sweepSources(files: readonly string[], first: number, count: number): Verdict {
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const defects = new Defects(MAX_DEFECTS);
  for (let seed = first; seed < first + count && !defects.isFull; seed++) {
    const source = mutantOf(new Random(seed), texts);
    const start = performance.now();
    const what = attempt(() => {
      compileText(source, seed);
    });
    const milliseconds = performance.now() - start;
    const late = milliseconds > LIMIT_MS ? `took ${Math.round(milliseconds)} ms` : null;
    defects.add(
      `seed ${seed}`,
      what ?? late,
      what === null && late === null ? '' : JSON.stringify(source).slice(0, 2000),
    );
  }
  return { runs: count, defects: defects.texts() };
}

/** The mutant of a seed. */
export function mutantOf(random: Random, texts: readonly string[]): string {
  const lines = random.pick(texts).split('\n');
  const from = random.below(lines.length);
  const piece = lines.slice(from, from + random.between(1, MOST_LINES)).join('\n');
  return mutateText(random, random.chance(0.5) ? piece : dedent(piece), random.pick(texts));
}

/** Without the indentation of its first line, so that blocks are not refused at once. */
function dedent(text: string): string {
  const indentation = /^ */.exec(text)?.[0] ?? '';
  return text.replaceAll(`\n${indentation}`, '\n').slice(indentation.length);
}

/** Parses, and compiles what can be parsed. Throws what should never be thrown. */
function compileText(source: string, seed: number): void {
  try {
    const mode = seed % 5 === 0 ? 'single' : seed % 7 === 0 ? 'eval' : 'exec';
    const options = { filename: 'mutant', mode } as const;
    if (seed % 11 === 0) parseInteractive(source, options);
    const { ast } = parse(seed % 3 === 0 ? Buffer.from(source, seed % 2 === 0 ? 'utf8' : 'latin1') : source, options);
    compileModule(ast, { ...options, optimize: seed % 4 === 0 ? 2 : 0 });
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
  }
}
