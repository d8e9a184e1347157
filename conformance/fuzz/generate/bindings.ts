/** Binding names: assignment of every form, deletion, calls whose result is kept or dropped. */
import type { Generator, Production } from './generator.ts';
import type { Kind } from './names.ts';

const BOUND: readonly Kind[] = [
  'instance',
  'instance',
  'instance',
  'instance',
  'list',
  'list',
  'dict',
  'dict',
  'tuple',
  'set',
  'callable',
  'generator',
  'iterator',
  'deque',
  'exception',
  'int',
  'str',
  'float',
  'bytes',
  'class',
  'coroutine',
  'asyncgen',
];

/** Kinds of values to be bound. */
function anyKind(g: Generator): Kind {
  const kind = g.random.pick(BOUND);
  return g.counted && (kind === 'coroutine' || kind === 'asyncgen') ? 'instance' : kind;
}

function bind(g: Generator): void {
  const kind = anyKind(g);
  const value = g.expression(kind);
  g.assign(kind, value);
}

function chain(g: Generator): void {
  const kind = anyKind(g);
  const value = g.expression(kind);
  g.assign(kind, `${g.target(kind)} = ${value}`);
}

function swap(g: Generator): void {
  const own = [...g.scope.variables];
  if (own.length < 2) return bind(g);
  const [[p, pKind], [q, qKind]] = [g.random.pick(own), g.random.pick(own)];
  g.scope.variables.set(p, qKind).set(q, pKind);
  g.line(`${p}, ${q} = ${q}, ${p}`);
}

function unpack(g: Generator): void {
  const source = g.expression('list');
  const rest = g.target('list');
  const first = g.random.pick(g.scope.pool);
  g.guarded(() => {
    g.line(
      g.random.pick([
        `${first}, *${rest} = ${source}`,
        `*${rest}, ${first} = ${source}`,
        `[${first}, *${rest}] = ${source}`,
      ]),
    );
  });
  if (g.random.chance(0.5)) g.line(`${first} = None`);
  g.forget(first);
  g.scope.variables.set(first, 'int');
  g.line(`${rest} = list(${g.random.pick(['()', '[1]'])})`);
  g.scope.variables.set(rest, 'list');
}

function remove(g: Generator): void {
  const own = [...g.scope.variables.keys()];
  if (own.length === 0) return bind(g);
  const name = g.random.pick(own);
  // Where a block may run twice or not at all, the name may be gone already.
  if (g.depth > 1) return g.assign(g.scope.variables.get(name) ?? 'int', `[${name}][0]`);
  g.forget(name);
  g.line(`del ${name}`);
}

function clear(g: Generator): void {
  const own = [...g.scope.variables.keys()];
  if (own.length === 0) return bind(g);
  const name = g.random.pick(own);
  g.scope.variables.set(name, 'int');
  g.line(`${name} = None`);
}

function callDropped(g: Generator): void {
  if (g.functions.length === 0) return bind(g);
  const { name, parameters } = g.random.pick(g.functions);
  const call = `${name}(${parameters.map((kind) => g.expression(kind)).join(', ')})`;
  g.guarded(() => {
    if (g.random.chance(0.5)) g.line(call);
    else g.print(`type(${call}).__name__`);
  });
}

function callKept(g: Generator): void {
  if (g.functions.length === 0) return bind(g);
  const { name, parameters, returns } = g.random.pick(g.functions);
  const values = parameters.map((kind) => g.expression(kind)).join(', ');
  const target = g.target(returns);
  g.line(`${target} = None`);
  g.guarded(() => {
    g.line(`${target} = ${name}(${values})`);
  });
}

function walrus(g: Generator): void {
  const value = g.value();
  const name = g.target('int');
  g.print(`type(${name} := ${value}).__name__`);
  g.line(`${name} = 0`);
}

function nestedFunction(g: Generator): void {
  const captured = g.anyVariable();
  const last = g.random.pick(['**keywords', `held=${g.value()}`]);
  const name = g.target('callable');
  g.block(`def ${name}(*args, ${last}):`, () => {
    g.line(captured === null || captured === name ? 'return args' : `return (${captured}, args)`);
  });
}

export const BINDINGS: readonly Production[] = [
  { weight: 22, write: bind },
  { weight: 2, write: chain },
  { weight: 3, write: swap },
  { weight: 2, write: unpack },
  { weight: 6, write: remove },
  { weight: 3, write: clear },
  { weight: 5, write: callDropped },
  { weight: 5, write: callKept },
  { weight: 1, write: walrus },
  { weight: 2, write: nestedFunction },
];
