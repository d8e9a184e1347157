/** Changing objects that are there: attributes, items, augmented assignment, links that make cycles. */
import { hashable } from './expressions.ts';
import type { Generator, Production } from './generator.ts';

const SIDES = ['left', 'right'];

function setAttribute(g: Generator): void {
  g.line(`${g.variable('instance')}.${g.random.pick(SIDES)} = ${g.value()}`);
}

function linkInstances(g: Generator): void {
  g.line(`${g.variable('instance')}.${g.random.pick(SIDES)} = ${g.variable('instance')}`);
}

function linkSelf(g: Generator): void {
  const name = g.variable('instance') ?? 'None';
  g.line(
    `${name}.${g.random.pick(SIDES)} = ${g.random.pick([name, `[${name}]`, `{'k': ${name}}`, `(${name},)`, `${name}.show`, `lambda: ${name}`])}`,
  );
}

function extraAttribute(g: Generator): void {
  const name = g.variable('instance') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}.extra = ${g.value()}`,
        `${name}.__dict__['extra'] = ${g.value()}`,
        `setattr(${name}, 'right', ${g.value()})`,
        `${name}.field = ${g.value()}`,
        `${name}.register()`,
        `${name}.__class__ = ${g.random.pick(g.classes).name}`,
        `${name}.__dict__ = {'n': 1, 'left': ${name}, 'right': None}`,
      ]),
    );
  });
}

function deleteAttribute(g: Generator): void {
  const name = g.variable('instance') ?? 'None';
  const side = g.random.pick([...SIDES, 'extra', 'n']);
  g.guarded(() => {
    g.line(`del ${name}.${side}`);
  });
  if (side !== 'extra') g.line(`${name}.${side} = None`);
}

function callMethod(g: Generator): void {
  const name = g.variable('instance') ?? 'None';
  const call = g.random.pick([
    `link(${g.value()})`,
    'show()',
    `make(${g.value()})`,
    `show(*${g.expression('list')})`,
    'link()',
    'build()',
    'view',
    'cached',
    `free(${g.value()})`,
  ]);
  g.guarded(() => {
    if (g.random.chance(0.5)) g.line(`${name}.${call}`);
    else g.print(`type(${name}.${call}).__name__`);
  });
}

function changeList(g: Generator): void {
  const name = g.variable('list') ?? '[]';
  const { random } = g;
  g.guarded(() => {
    g.line(
      random.pick([
        `${name}.append(${g.value()})`,
        `${name}.append(${g.value()})`,
        `${name}.append(${name})`,
        `${name}.insert(${random.below(3)}, ${g.value()})`,
        `${name}.extend(${g.expression('list')})`,
        `${name}.extend(itertools.islice(${g.expression('generator')}, 9))`,
        `${name} += ${g.expression('list')}`,
        `${name}.pop(${random.pick(['', '0', '-1'])})`,
        `${name}.clear()`,
        `${name}.reverse()`,
        `${name}.sort(key=lambda q: type(q).__name__)`,
        `${name}[0] = ${g.value()}`,
        `${name}[1:2] = ${g.expression('list')}`,
        `${name}[:] = ${g.expression('list')}`,
        `del ${name}[0]`,
        `del ${name}[1:]`,
        `del ${name}[::2]`,
        `${name}.remove(${g.value(0)})`,
        `${name} *= ${random.below(3)}`,
      ]),
    );
  });
}

function changeDict(g: Generator): void {
  const name = g.variable('dict') ?? '{}';
  const key = hashable(g);
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}[${key}] = ${g.value()}`,
        `${name}[${key}] = ${g.value()}`,
        `${name}['self'] = ${name}`,
        `${name}.setdefault(${key}, []).append(${g.value()})`,
        `${name}.update(${g.expression('dict')})`,
        `${name}.pop(${key}, None)`,
        `${name}.popitem()`,
        `${name}.clear()`,
        `del ${name}[${key}]`,
        `${name} |= ${g.expression('dict')}`,
        `${name}.update((q, ${g.value(0)}) for q in range(${g.random.below(12)}))`,
        `list(${name}.items())`,
      ]),
    );
  });
}

function changeSet(g: Generator): void {
  const name = g.variable('set') ?? 'set()';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}.add(${hashable(g)})`,
        `${name}.discard(${hashable(g)})`,
        `${name}.update(range(${g.random.below(30)}))`,
        `${name} |= ${g.expression('set')}`,
        `${name} &= ${g.expression('set')}`,
        `${name} -= ${g.expression('set')}`,
        `${name}.clear()`,
        `${name}.intersection_update(range(5))`,
      ]),
    );
  });
}

function changeDeque(g: Generator): void {
  const name = g.variable('deque') ?? 'collections.deque()';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}.append(${g.value()})`,
        `${name}.appendleft(${name})`,
        `${name}.popleft()`,
        `${name}.rotate(${g.random.below(4)})`,
        `${name}.extend(${g.expression('list')})`,
        `${name}.clear()`,
        `del ${name}[0]`,
        `${name}.extend(range(70))`,
      ]),
    );
  });
}

function ring(g: Generator): void {
  const name = g.target('list');
  g.line(`${name} = [${g.random.pick(g.classes).name}(i) for i in range(${g.random.between(2, 5)})]`);
  g.block(`for p, q in zip(${name}, ${name}[1:] + ${name}[:1]):`, () => {
    g.line(`p.${g.random.pick(SIDES)} = q`);
  });
  if (g.random.chance(0.7)) g.line('p = q = None');
}

export const MUTATIONS: readonly Production[] = [
  { weight: 6, needs: ['instance'], write: setAttribute },
  { weight: 4, needs: ['instance'], write: linkInstances },
  { weight: 3, needs: ['instance'], write: linkSelf },
  { weight: 2, needs: ['instance'], write: extraAttribute },
  { weight: 1, needs: ['instance'], write: deleteAttribute },
  { weight: 4, needs: ['instance'], write: callMethod },
  { weight: 6, needs: ['list'], write: changeList },
  { weight: 5, needs: ['dict'], write: changeDict },
  { weight: 2, needs: ['set'], write: changeSet },
  { weight: 2, needs: ['deque'], write: changeDeque },
  { weight: 3, write: ring },
];
