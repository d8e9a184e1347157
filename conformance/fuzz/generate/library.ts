/** The library's objects that hold others: copies, caches, descriptors, named tuples, enumerations, pickles. */
import type { Generator, Production } from './generator.ts';

function copies(g: Generator): void {
  const what = g.random.pick([
    g.variable('instance') ?? 'Node(1)',
    g.expression('list'),
    g.expression('dict'),
    g.expression('tuple'),
  ]);
  g.guarded(() => {
    g.assign('tuple', `(copy.${g.random.pick(['copy', 'deepcopy'])}(${what}),)`);
  });
  g.assign('tuple', `(1,)`);
}

function cached(g: Generator): void {
  const name = g.target('callable');
  g.line(`${name} = functools.lru_cache(maxsize=${g.random.pick(['None', '1', '2'])})(lambda q=0: [q, ${g.value()}])`);
  g.guarded(() => {
    g.line(`${name}(${g.value(0)})`);
    g.line(`${name}(1)`);
    g.print(`${name}.cache_info()`);
    if (g.random.chance(0.3)) g.line(`${name}.cache_clear()`);
  });
}

function call(g: Generator): void {
  g.guarded(() => {
    g.print(`type(${g.variable('callable')}(${g.random.pick(['', g.value()])})).__name__`);
  });
}

function namedTuple(g: Generator): void {
  const name = `T${g.serial()}`;
  g.line(`${name} = settled(lambda: collections.namedtuple('${name}', 'p q'))`);
  g.assign('tuple', `${name}(${g.value()}, ${g.value()})._replace(q=${g.value()})`);
}

function enumeration(g: Generator): void {
  const name = `E${g.serial()}`;
  g.block(`class ${name}(enum.Enum):`, () => {
    g.line('FIRST = 1');
    g.line(`SECOND = ${g.random.pick(['2', "('a', [])", "'text'"])}`);
  });
  g.print(
    `${name}.FIRST`,
    `${name}(1) is ${name}.FIRST`,
    `sys.getrefcount(${name}.SECOND)`,
    `[q.name for q in ${name}]`,
  );
}

function localClass(g: Generator): void {
  const name = `L${g.serial()}`;
  const held = g.value();
  g.block(`class ${name}${g.random.pick(['', '(Node)', '(metaclass=Loud)', '(list)'])}:`, () => {
    g.line(`held = ${held}`);
    g.block('def method(self):', () => {
      g.line('return __class__');
    });
    if (g.random.chance(0.4)) g.line(`${name.toLowerCase()} = property(lambda self: self.held)`);
  });
  g.print(`sys.getrefcount(${name})`, `len(${name}.__mro__)`);
  if (g.random.chance(0.6)) g.line(`${name} = None`);
}

function pickled(g: Generator): void {
  // The words of an error are those of CPython's own module in C: what is pickled here can be.
  const what = g.random.pick(["[1, 'a', None]", "{'k': [1.5, b'x']}", '{1, 2, 3}', '(1, [2])', 'Node(1)', 'Node']);
  g.guarded(() => {
    g.print(`type(pickle.loads(pickle.dumps(${what}))).__name__`);
  });
}

function contextManager(g: Generator): void {
  const name = g.target('callable');
  g.line('@contextlib.contextmanager');
  g.block(`def ${name}(held):`, () => {
    g.block('try:', () => {
      g.line('yield held');
    });
    g.block('finally:', () => {
      g.print("'leaving'", 'type(held).__name__');
    });
  });
  g.guarded(() => {
    g.block(`with ${name}(${g.value()}) as held:`, () => {
      g.print('sys.getrefcount(held) > 0');
      if (g.random.chance(0.4)) g.line(`raise ${g.expression('exception')}`);
    });
  });
}

function reduce(g: Generator): void {
  g.guarded(() => {
    g.print(
      g.random.pick([
        `functools.reduce(lambda p, q: q, ${g.expression('list')}, None) is None`,
        `max(${g.expression('list')}, key=lambda q: len(repr(q))) is None`,
        `len(sorted(${g.expression('list')}, key=lambda q: type(q).__name__))`,
        `any(q is None for q in ${g.expression('list')})`,
        `len(list(map(lambda *q: q, ${g.expression('list')}, ${g.expression('tuple')})))`,
        `len(dict(zip(range(9), ${g.expression('list')})))`,
        `len({type(q).__name__: q for q in ${g.expression('list')}})`,
        `sum(1 for q in ${g.expression('list')} if q)`,
        `isinstance(${g.value()}, (Node, list))`,
        `'%s %r' % (${g.expression('int')}, ${g.expression('str')})`,
        `len(collections.ChainMap(${g.expression('dict')}, ${g.expression('dict')}))`,
      ]),
    );
  });
}

export const LIBRARY: readonly Production[] = [
  { weight: 1, when: 'uncounted', write: copies },
  { weight: 1, write: cached },
  { weight: 4, needs: ['callable'], write: call },
  { weight: 1, write: namedTuple },
  { weight: 0.5, when: 'uncounted', write: enumeration },
  { weight: 1.5, write: localClass },
  { weight: 0.5, when: 'uncounted', write: pickled },
  { weight: 1, write: contextManager },
  { weight: 3, write: reduce },
];
