/** Expressions by the kind of their value. */
import type { Generator } from './generator.ts';
import type { Kind } from './names.ts';

type Writer = (g: Generator, depth: number) => string;

/** An expression with a value of `kind`: a variable that is there, or a new value. Deeper ones nest. */
export function expression(g: Generator, kind: Kind, depth: number): string {
  const existing = g.random.chance(depth > 0 ? 0.35 : 0.6) ? g.variable(kind) : null;
  if (existing !== null) return existing;
  return g.random.pick(WRITERS[kind])(g, depth - 1);
}

/** Up to `most` values, with commas between. */
function values(g: Generator, depth: number, most: number): string {
  const count = depth < 0 ? g.random.below(2) : g.random.below(most + 1);
  return Array.from({ length: count }, () => g.value(depth)).join(', ');
}

/** Values whose hash does not depend on an address. */
function hashables(g: Generator, most: number): string[] {
  return Array.from({ length: g.random.below(most + 1) }, () => hashable(g));
}

/** A value whose hash does not depend on an address. */
export function hashable(g: Generator): string {
  const { random } = g;
  const classes = g.classes.filter((info) => info.hashable);
  if (classes.length > 0 && random.chance(0.35)) return `${random.pick(classes).name}(${random.below(9)})`;
  return random.pick([
    () => String(random.between(-3, 40)),
    () => `'${word(g)}'`,
    () => `'${word(g)}'`,
    () => `(${random.below(9)}, '${word(g)}')`,
    () => `${random.below(9)}.5`,
    () => `b'${random.pick(['x', 'abc', ''])}'`,
    () => random.pick(['None', 'True', '()', "''", 'frozenset()', 'frozenset((1, 2))']),
  ])();
}

/** A key of a dict: identity counts for nothing there, so that every instance will do. */
function key(g: Generator): string {
  return g.random.chance(0.15) ? instance(g) : hashable(g);
}

export function word(g: Generator): string {
  return g.random.pick([
    'k',
    'x',
    'wxyz',
    'name',
    'value',
    'spam',
    'eggs',
    'é',
    '日本',
    'a b',
    'left',
    'right',
    'long' + 'er'.repeat(9),
  ]);
}

/** A new instance of one of the program's classes. */
export function instance(g: Generator): string {
  return `${g.random.pick(g.classes).name}(${g.serial()})`;
}

/** The depth, which falls, below which no call is written. */
const DEEPEST_CALL = -8;

function call(g: Generator, kind: Kind, depth: number): string | null {
  const found = g.functions.filter(({ returns }) => returns === kind);
  // A function may want what another call of it would give.
  if (found.length === 0 || depth < DEEPEST_CALL) return null;
  const { name, parameters } = g.random.pick(found);
  return `${name}(${parameters.map((parameter) => g.expression(parameter, depth)).join(', ')})`;
}

const WRITERS: Record<Kind, readonly Writer[]> = {
  instance: [
    instance,
    instance,
    instance,
    (g, depth) => call(g, 'instance', depth) ?? instance(g),
    (g) => (g.counted ? instance(g) : `copy.copy(${g.variable('instance') ?? instance(g)})`),
    (g) => `(${g.variable('instance') ?? 'None'} or ${instance(g)})`,
  ],
  list: [
    (g, depth) => `[${values(g, depth, 4)}]`,
    (g, depth) => `[${values(g, depth, 4)}]`,
    (g, depth) => `[${instance(g)}, ${values(g, depth, 2)}]`,
    (g) => `[${g.random.pick(g.classes).name}(i) for i in range(${g.random.between(1, 5)})]`,
    (g, depth) => `([${values(g, depth, 2)}] * ${g.random.below(4)})`,
    (g, depth) => `list(${g.expression('tuple', depth)})`,
    (g, depth) => `${g.expression('list', depth)}[${g.random.pick([':', '::-1', '1:', ':2'])}]`,
    (g, depth) => `[*${g.expression('list', depth)}, ${g.value(depth)}]`,
    (g, depth) => call(g, 'list', depth) ?? '[]',
    (g, depth) => `sorted(${g.expression('set', depth)}, key=repr)`,
    (g) => `[(lambda: q) for q in range(${g.random.below(4)})]`,
    (g) => (g.counted ? '[[]]' : `copy.deepcopy(${g.variable('list') ?? '[]'})`),
  ],
  dict: [
    (g, depth) => `{${pairs(g, depth, 3)}}`,
    (g, depth) => `{${pairs(g, depth, 3)}}`,
    (g, depth) => `dict(${keywords(g, depth)})`,
    (g) => `{i: ${g.random.pick(g.classes).name}(i) for i in range(${g.random.below(7)})}`,
    (g, depth) => `{**${g.expression('dict', depth)}, 'more': ${g.value(depth)}}`,
    (g, depth) => `dict.fromkeys([${hashables(g, 4).join(', ')}], ${g.value(depth)})`,
    (g, depth) => `collections.defaultdict(list, {${pairs(g, depth, 2)}})`,
    (g, depth) => `collections.OrderedDict({${pairs(g, depth, 2)}})`,
    (g) => `collections.Counter([${hashables(g, 5).join(', ')}])`,
    (g) => `vars(${g.variable('instance') ?? instance(g)})`,
    (g, depth) => `(${g.expression('dict', depth)} | {${pairs(g, depth, 2)}})`,
  ],
  set: [
    (g) => `{${['1', ...hashables(g, 5)].join(', ')}}`,
    (g) => `set([${hashables(g, 8).join(', ')}])`,
    (g) => `{i * ${g.random.between(1, 9)} for i in range(${g.random.below(12)})}`,
    (g) => `frozenset([${hashables(g, 4).join(', ')}])`,
    (g, depth) =>
      `(${g.expression('set', depth)} ${g.random.pick(['|', '&', '-', '^'])} {${['0', ...hashables(g, 3)].join(', ')}})`,
  ],
  tuple: [
    (g, depth) => `(${g.value(depth)}, ${values(g, depth, 3)})`,
    (g, depth) => `(${g.value(depth)}, ${values(g, depth, 3)})`,
    (g) => g.random.pick(['()', '(1, 2, 3)', "('a', 'b')", '(1, (2, (3,)))', '(None, 1.5)']),
    (g, depth) => `tuple(${g.expression('list', depth)})`,
    (g, depth) => `(*${g.expression('list', depth)}, ${g.value(depth)})`,
    (g, depth) => `Pair(${g.value(depth)}, ${g.value(depth)})`,
    (g, depth) => call(g, 'tuple', depth) ?? '()',
  ],
  str: [
    (g) => `'${word(g)}'`,
    (g, depth) => `f'{${g.expression('int', depth)}}-${word(g)}'`,
    (g) => `'${word(g)}' * ${g.random.between(2, 20)}`,
    (g) => `''.join(['${word(g)}', '${word(g)}'])`,
    (g) => `sys.intern('${word(g)}' + '${word(g)}')`,
    (g, depth) => `repr(${g.expression('tuple', depth)})`,
  ],
  int: [
    (g) => String(g.random.between(-6, 300)),
    (g) => `${g.random.between(1, 9)} ** ${g.random.between(0, 60)}`,
    (g, depth) => `len(${g.expression(g.random.pick(['list', 'dict', 'tuple', 'str', 'set'] as const), depth)})`,
    (g) => `int('${g.random.below(1000)}')`,
  ],
  float: [(g) => `${g.random.below(100)}.5`, (g, depth) => `float(${g.expression('int', depth)})`],
  bytes: [
    (g) => `b'${g.random.pick(['x', 'abc', ''])}' * ${g.random.between(2, 9)}`,
    (g) => `bytearray(${g.random.below(40)})`,
  ],
  callable: [
    (g) => `${g.random.pick(g.classes).name}`,
    (g, depth) => `(lambda q=${g.value(depth)}: q)`,
    (g) => `(lambda: ${g.anyVariable() ?? '0'})`,
    (g) => `${g.variable('instance') ?? instance(g)}.${g.random.pick(['show', 'link', 'make'])}`,
    (g, depth) => `functools.partial(${g.expression('callable', depth)}, ${g.value(depth)})`,
    (g, depth) => `functools.lru_cache(${g.random.pick(['None', '2'])})(lambda q=None: ${g.value(depth)})`,
    (g) => `${g.random.pick(['len', 'repr', 'list', 'iter', 'sorted'])}`,
    (g) => `operator.itemgetter(${g.random.below(3)})`,
    (g, depth) => `[${values(g, depth, 2)}].append`,
  ],
  generator: [
    (g, depth) => `(q for q in ${g.expression('list', depth)})`,
    (g, depth) => `((q, ${g.value(depth)}) for q in ${g.expression('list', depth)})`,
    (g, depth) => call(g, 'generator', depth) ?? '(q for q in [1, 2])',
    (g, depth) => call(g, 'generator', depth) ?? '(q for q in [1, 2])',
  ],
  iterator: [
    (g, depth) => `iter(${g.expression(g.random.pick(['list', 'tuple', 'dict', 'str', 'deque'] as const), depth)})`,
    (g, depth) => `enumerate(${g.expression('list', depth)})`,
    (g, depth) => `zip(${g.expression('list', depth)}, ${g.expression('tuple', depth)})`,
    (g, depth) => `map(${g.random.pick(['callable', 'str', 'bool', 'list'])}, ${g.expression('list', depth)})`,
    (g, depth) => `filter(None, ${g.expression('list', depth)})`,
    (g, depth) => `itertools.chain(${g.expression('list', depth)}, ${g.expression('tuple', depth)})`,
    (g, depth) => `itertools.cycle(${g.expression('list', depth)})`,
    (g, depth) => `itertools.tee(${g.expression('list', depth)})[${g.random.below(2)}]`,
    (g, depth) => `itertools.islice(${g.expression('list', depth)}, ${g.random.below(4)})`,
    (g, depth) => `itertools.product(${g.expression('list', depth)}, repeat=2)`,
    (g, depth) => `itertools.repeat(${g.value(depth)}, ${g.random.below(4)})`,
    (g, depth) => `itertools.groupby(${g.expression('list', depth)}, type)`,
    (g, depth) => `itertools.zip_longest(${g.expression('list', depth)}, ${g.expression('tuple', depth)})`,
    (g, depth) => `itertools.combinations(${g.expression('list', depth)}, 2)`,
    (g, depth) => `itertools.permutations(${g.expression('tuple', depth)}, 2)`,
    (g, depth) => `itertools.accumulate(${g.expression('list', depth)}, lambda p, q: q)`,
    (g, depth) => `itertools.pairwise(${g.expression('list', depth)})`,
    (g, depth) => `itertools.batched(${g.expression('list', depth)}, 2)`,
    (g, depth) => `itertools.starmap(lambda *q: q, [${g.expression('tuple', depth)}])`,
    (g, depth) => `itertools.takewhile(bool, ${g.expression('list', depth)})`,
    (g, depth) => `reversed(${g.expression('list', depth)})`,
    (g, depth) => `iter(${g.expression('callable', depth)}, None)`,
    (g, depth) => `${g.expression('dict', depth)}.${g.random.pick(['keys', 'values', 'items'])}()`,
  ],
  coroutine: [(g, depth) => call(g, 'coroutine', depth) ?? 'nothing()'],
  asyncgen: [(g, depth) => call(g, 'asyncgen', depth) ?? 'numbers()'],
  weakref: [
    (g) => `weakref.ref(${g.variable('instance') ?? 'Node'})`,
    (g) => `weakref.ref(${g.variable('instance') ?? 'Node'}, gone)`,
    (g) => `weakref.ref(${g.variable('instance') ?? 'Node'}, lambda r, q=${g.serial()}: print('callback', q))`,
    (g) => `weakref.WeakMethod(${g.variable('instance') ?? 'Node(0)'}.show)`,
    (g) => `KeyedRef(${g.variable('instance') ?? 'Node'}, gone)`,
    (g) => `weakref.ref(${g.variable('callable', 'set', 'generator', 'deque') ?? 'gone'}, gone)`,
  ],
  weakdict: [() => 'weakref.WeakValueDictionary()', () => 'weakref.WeakKeyDictionary()'],
  weakset: [() => 'weakref.WeakSet()'],
  finalizer: [(g) => `weakref.finalize(${g.variable('instance') ?? 'Node'}, print, 'finalized', ${g.serial()})`],
  exception: [
    (g, depth) => `${g.random.pick(EXCEPTIONS)}(${values(g, depth, 2)})`,
    (g, depth) => `Problem(${g.value(depth)})`,
    () => "ExceptionGroup('group', [ValueError(1), KeyError('k')])",
  ],
  deque: [
    (g, depth) => `collections.deque([${values(g, depth, 4)}])`,
    (g, depth) => `collections.deque(${g.expression('list', depth)}, ${g.random.below(4)})`,
  ],
  class: [
    (g) => g.random.pick(g.classes).name,
    (g) => `type('Made${g.serial()}', (${g.random.pick(['object', 'Node', 'list'])},), {})`,
  ],
  frame: [() => 'sys._getframe()'],
  snapshot: [(g) => `census(${g.random.pick(['', '0', '1', '2'])})`],
};

const EXCEPTIONS = [
  'ValueError',
  'KeyError',
  'RuntimeError',
  'OSError',
  'StopIteration',
  'AttributeError',
  'Exception',
];

function pairs(g: Generator, depth: number, most: number): string {
  return Array.from({ length: g.random.below(most + 1) }, () => `${key(g)}: ${g.value(depth)}`).join(', ');
}

function keywords(g: Generator, depth: number): string {
  const names = ['p', 'q', 'left', 'n'].slice(0, g.random.below(4));
  return names.map((name) => `${name}=${g.value(depth)}`).join(', ');
}
