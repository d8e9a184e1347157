/** Weak references of every kind. */
import { hashable } from './expressions.ts';
import type { Generator, Production } from './generator.ts';

function reference(g: Generator): void {
  const value = g.expression('weakref');
  const name = g.target('weakref');
  g.line(`${name} = None`);
  g.guarded(() => {
    g.line(`${name} = ${value}`);
  });
}

function lookThrough(g: Generator): void {
  const name = g.variable('weakref') ?? 'gone';
  g.guarded(() => {
    g.print(
      g.random.pick([
        `type(${name}()).__name__`,
        `${name}() is None`,
        `sys.getrefcount(${name})`,
        `${name} == weakref.ref(Node)`,
        `type(${name}.__callback__).__name__`,
        `hash(${name}) is None`,
      ]),
    );
  });
}

function proxy(g: Generator): void {
  const value = `weakref.proxy(${g.variable('instance')}, ${g.random.pick(['None', "lambda r: print('proxy gone')"])})`;
  const name = g.target('weakref');
  g.line(`${name} = None`);
  g.guarded(() => {
    g.line(`${name} = ${value}`);
    g.print(`${name}.n`, `type(${name}.left).__name__`);
    if (g.random.chance(0.4)) g.line(`${name}.right = ${g.value()}`);
  });
  if (g.random.chance(0.5)) g.line(`${name} = weakref.ref(Node)`);
}

function container(g: Generator): void {
  const kind = g.random.pick(['weakdict', 'weakset'] as const);
  g.assign(kind, g.expression(kind));
}

function fillDict(g: Generator): void {
  const name = g.variable('weakdict') ?? 'None';
  const instance = g.variable('instance') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}[${hashable(g)}] = ${instance}`,
        `${name}[${instance}] = ${g.value()}`,
        `${name}.pop(${hashable(g)}, None)`,
        `${name}.clear()`,
        `${name}.setdefault(${hashable(g)}, ${instance})`,
        `print(len(${name}), len(list(${name}.items())))`,
        `print(sorted(type(q).__name__ for q in ${name}.values()))`,
        `print(sorted(type(q).__name__ for q in ${name}.keys()))`,
        `${name}.update({${hashable(g)}: ${instance}})`,
      ]),
    );
  });
}

function fillSet(g: Generator): void {
  const name = g.variable('weakset') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${name}.add(${g.variable('instance')})`,
        `${name}.add(${g.variable('instance')})`,
        `${name}.discard(${g.variable('instance')})`,
        `print(len(${name}), sorted(repr(q) for q in ${name}))`,
        `${name}.pop()`,
        `${name}.clear()`,
        `print(len(${name} | ${name}))`,
      ]),
    );
  });
}

function finalizer(g: Generator): void {
  const value = g.expression('finalizer');
  const name = g.target('finalizer');
  g.line(`${name} = None`);
  g.guarded(() => {
    g.line(`${name} = ${value}`);
    if (g.random.chance(0.2)) g.line(`${name}.atexit = False`);
  });
}

function useFinalizer(g: Generator): void {
  const name = g.variable('finalizer') ?? 'None';
  g.guarded(() => {
    g.line(
      g.random.pick([
        `print(${name}.alive)`,
        `${name}()`,
        `${name}.detach()`,
        `print(${name}.peek() is None)`,
        `print(${name}.atexit)`,
      ]),
    );
  });
}

function countReferences(g: Generator): void {
  const name = g.variable('instance') ?? 'None';
  g.guarded(() => {
    g.print(`weakref.getweakrefcount(${name})`, `[type(q).__name__ for q in weakref.getweakrefs(${name})]`);
  });
}

export const WEAK: readonly Production[] = [
  { weight: 4, needs: ['instance'], write: reference },
  { weight: 3, needs: ['weakref'], write: lookThrough },
  { weight: 1, needs: ['instance'], write: proxy },
  { weight: 1, write: container },
  { weight: 3, needs: ['weakdict', 'instance'], write: fillDict },
  { weight: 3, needs: ['weakset', 'instance'], write: fillSet },
  { weight: 2, needs: ['instance'], when: 'uncounted', write: finalizer },
  { weight: 2, needs: ['finalizer'], write: useFinalizer },
  { weight: 2, needs: ['instance'], write: countReferences },
];
