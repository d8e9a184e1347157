/** Looking at the memory manager in every way that a program has. */
import type { Generator, Production } from './generator.ts';
import type { Kind } from './names.ts';

/** Kinds of values that are not shared with the interpreter. */
const HOLDING: readonly Kind[] = [
  'instance',
  'list',
  'dict',
  'tuple',
  'set',
  'generator',
  'iterator',
  'exception',
  'deque',
  'weakref',
  'coroutine',
  'asyncgen',
  'callable',
];

function count(g: Generator): void {
  const name = g.anyVariable() ?? 'None';
  g.print(g.random.pick([`sys.getrefcount(${name})`, `sys.getrefcount(${name})`, `count_of(${name})`]));
}

function countAll(g: Generator): void {
  const names = g.scope.visible().map(({ name }) => name);
  if (names.length === 0) return;
  g.print(`[sys.getrefcount(q) for q in (${names.join(', ')},)]`);
}

function size(g: Generator): void {
  g.print(`sys.getsizeof(${g.random.chance(0.6) ? (g.anyVariable() ?? '[]') : g.value()})`);
}

function flags(g: Generator): void {
  const name = g.random.chance(0.6) ? (g.anyVariable() ?? '[]') : g.value();
  g.print(`gc.is_tracked(${name})`, `gc.is_finalized(${g.anyVariable() ?? '[]'})`);
}

function counts(g: Generator): void {
  g.print(
    g.random.pick([
      "stats('collections')",
      "stats('collected')",
      'gc.get_threshold()',
      'len(gc.garbage)',
      'gc.isenabled()',
    ]),
  );
}

function referrers(g: Generator): void {
  g.print(`kinds(gc.get_referrers(${g.variable(...HOLDING) ?? 'Node'}))`);
}

function referents(g: Generator): void {
  g.print(`[type(q).__name__ for q in gc.get_referents(${g.variable(...HOLDING) ?? 'Node'})]`);
}

function takeCensus(g: Generator): void {
  const generation = g.random.pick(['', '', '0', '1', '2']);
  g.line(`before = census(${generation})`);
  const name = g.target('list');
  g.line(`${name} = [${g.expression('instance')}, ${g.value()}]`);
  if (g.random.chance(0.5)) g.line(`gc.collect(${g.random.below(3)})`);
  g.line(`after = census(${generation})`);
  g.print('changes(before, after)');
}

function identity(g: Generator): void {
  g.print(
    g.random.pick([
      'id([]) == id([])',
      'id(object()) == id(object())',
      `${g.value()} is ${g.value()}`,
      `id(${g.value(0)}) == id(${g.value(0)})`,
      '(1, 2) is (1, 2)',
      `${g.expression('int')} is ${g.expression('int')}`,
      `${g.expression('str')} is ${g.expression('str')}`,
    ]),
  );
}

function order(g: Generator): void {
  g.guarded(() => {
    g.print(
      g.random.pick([
        `list(${g.expression('set')})`,
        `list(${g.expression('dict')})`,
        `${g.expression('set')}`,
        `hash(${g.random.pick(["'wxyz'", '(1, 2)', '1.5', "b'x'", "frozenset([1, 'a'])", '-1'])})`,
      ]),
    );
  });
}

export const PROBES: readonly Production[] = [
  { weight: 12, write: count },
  { weight: 4, write: countAll },
  { weight: 5, write: size },
  { weight: 4, write: flags },
  { weight: 4, write: counts },
  { weight: 3, write: referrers },
  { weight: 3, write: referents },
  { weight: 2, write: takeCensus },
  { weight: 2, write: identity },
  { weight: 2, write: order },
];
