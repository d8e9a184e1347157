/** A whole program from a seed. */
import { parse, render } from '../program.ts';
import type { Statement } from '../program.ts';
import { Random } from '../random.ts';
import { writeClass, writeNode } from './classes.ts';
import { writeFunction } from './functions.ts';
import { Generator } from './generator.ts';
import { prelude } from './prelude.ts';
import { STATEMENTS } from './statements.ts';

/** The program of a seed: always the same. About thirty to eighty lines, most of which look at memory or change it. */
/** @param counting whether half of the programs look at how far the collector counts */
export function generate(seed: number, counting = false): Statement[] {
  const random = new Random(seed);
  const g = new Generator(random, counting && random.chance(0.5));
  g.line('saved = []');
  if (!g.counted) g.fixed('gc.disable()');
  else if (g.random.chance(0.3)) g.line('gc.disable()');
  writeStart(g);
  writeNode(g);
  for (let i = g.random.below(4); i > 0; i--) writeClass(g);
  writeTop(g, g.random.between(2, 8));
  for (let i = g.random.below(5); i > 0; i--) writeFunction(g);
  writeTop(g, g.random.between(8, 28));
  writeEnd(g);
  const source = render(g.statements);
  // Showing a warning reads source with modules that differ (links_of_text_streams in conformance/differences).
  const ignoring = /\basync def|\bnothing\(|\bnumbers\(/.test(source)
    ? 'import warnings\nwarnings.simplefilter("ignore")\n'
    : '';
  return [...parse(ignoring), ...prelude(source), ...g.statements];
}

/** What the interpreter and its imports leave behind is not what these programs are about: it differs. */
function writeStart(g: Generator): void {
  g.fixed('gc.freeze()');
  g.fixed('gc.collect()');
}

function writeTop(g: Generator, count: number): void {
  for (let i = 0; i < count; i++) {
    if (g.random.chance(0.3)) g.guarded(() => g.choose(STATEMENTS));
    else g.choose(STATEMENTS);
  }
}

/** What is alive at the end is part of the test: half of the programs leave that to the interpreter. */
function writeEnd(g: Generator): void {
  if (g.random.chance(0.5)) g.print('gc.collect()', 'len(saved)');
  for (const name of g.scope.variables.keys()) {
    if (g.random.chance(0.3)) g.line(`del ${name}`);
  }
  if (g.random.chance(0.5)) g.print('gc.collect()');
  g.print("'end'");
}
