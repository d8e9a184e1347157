/** Classes: plain, with slots, finalizers, properties, descriptors, metaclasses, built-in bases, resurrection. */
import type { Generator } from './generator.ts';
import type { ClassInfo } from './names.ts';

/** The class that every program has; `left` and `right` hold whatever a program puts there. */
export function writeNode(g: Generator): void {
  g.block('class Node:', () => {
    writeInit(g);
    writeCommon(g);
    if (g.random.chance(0.5)) writeDel(g, 'quiet');
  });
  g.classes.push({ name: 'Node', slots: false, weakrefable: true, hashable: false, methods: [], final: false });
}

/** Writes one more class. */
export function writeClass(g: Generator): void {
  g.random
    .weighted([
      { weight: 4, write: writeSubclass },
      { weight: 3, write: writeSlotted },
      { weight: 2, write: writeContainer },
      { weight: 1, write: writeDataclass },
      { weight: 1, write: writeWithMetaclass },
    ])
    .write(g);
}

function writeInit(g: Generator): void {
  g.block('def __init__(self, n):', () => {
    g.line('self.n = n');
    g.line('self.left = None');
    g.line('self.right = None');
  });
}

function writeCommon(g: Generator): void {
  g.block('def __repr__(self):', () => {
    g.line("return f'{type(self).__name__}({self.n})'");
  });
  g.block('def show(self, *args):', () => {
    g.line("print('show', self, len(args))");
    g.line('return self');
  });
  g.block('def link(self, other=None):', () => {
    g.line('self.left, self.right = other, self.left');
  });
  g.block('def make(self, *args):', () => {
    g.line('return [self, *args]');
  });
}

type Finalizer = 'quiet' | 'resurrecting' | 'raising' | 'linking' | 'collecting';

function writeDel(g: Generator, kind: Finalizer): void {
  g.block('def __del__(self):', () => {
    g.line("print('del', self)");
    if (kind === 'resurrecting') g.line('saved.append(self)');
    if (kind === 'raising') g.line("raise ValueError('in del', self.n)");
    if (kind === 'linking') g.line('self.left = [self.right, self.n]');
    if (kind === 'collecting') g.line("print('collect', gc.collect() if gc.isenabled() else gc.get_threshold())");
  });
}

const QUIET: readonly Finalizer[] = ['quiet', 'quiet', 'quiet', 'quiet'];

function anyFinalizer(g: Generator): Finalizer {
  const kind = g.random.pick<Finalizer>([...QUIET, 'resurrecting', 'raising', 'linking', 'collecting']);
  // The traceback of what is raised shows source lines.
  return g.counted && kind === 'raising' ? 'linking' : kind;
}

const EXTRAS: readonly ((g: Generator) => void)[] = [
  (g) => {
    g.line('@property');
    g.block('def view(self):', () => {
      g.line('return (self.left, self.right)');
    });
  },
  (g) => {
    g.line('@classmethod');
    g.block('def build(cls, n=0):', () => {
      g.line('return cls(n)');
    });
  },
  (g) => {
    g.line('@staticmethod');
    g.block('def free(*args):', () => {
      g.line('return args');
    });
  },
  (g) => {
    g.block('def __call__(self, *args):', () => {
      g.line('return (self, args)');
    });
  },
  (g) => {
    g.block('def __iter__(self):', () => {
      g.line('yield self.left');
      g.line('yield self.right');
    });
  },
  (g) => {
    g.block('def __enter__(self):', () => {
      g.line('return self');
    });
    g.block('def __exit__(self, *info):', () => {
      g.line("print('exit', self, info[0])");
    });
  },
  (g) => {
    g.block('def __getattr__(self, name):', () => {
      g.line("if name.startswith('__'): raise AttributeError(name)");
      g.line('return (name, self.n)');
    });
  },
  (g) => {
    g.block('def __lt__(self, other):', () => {
      g.line('return str(self.n) < str(other.n)');
    });
  },
  (g) => {
    g.line('shared = []');
    g.block('def register(self):', () => {
      g.line('self.shared.append(self)');
    });
  },
  (g) => {
    g.line('@functools.cached_property');
    g.block('def cached(self):', () => {
      g.line('return [self]');
    });
  },
];

function writeExtras(g: Generator): void {
  for (let i = g.random.below(4); i > 0; i--) g.random.pick(EXTRAS)(g);
}

/** Equality and hash by the name, so that the order of sets does not depend on addresses. */
function writeHash(g: Generator): void {
  g.block('def __eq__(self, other):', () => {
    g.line("return self.n == getattr(other, 'n', None)");
  });
  g.block('def __hash__(self):', () => {
    g.line('return hash(self.n)');
  });
}

/** What classes have in common: adds a finalizer, hashing and extras at random; tells whether it hashes. */
function writeMembers(g: Generator, hashable: boolean): boolean {
  const hashes = hashable || g.random.chance(0.3);
  if (hashes) writeHash(g);
  if (g.random.chance(0.6)) writeDel(g, anyFinalizer(g));
  writeExtras(g);
  return hashes;
}

function newName(g: Generator): string {
  return `C${g.serial()}`;
}

function writeSubclass(g: Generator): void {
  const name = newName(g);
  const base = g.random.pick(g.classes.filter(({ final }) => !final));
  let hashable = base.hashable;
  g.block(`class ${name}(${base.name}):`, () => {
    if (base.slots && g.random.chance(0.5)) g.line("__slots__ = ('more',)");
    if (!base.slots && g.random.chance(0.15)) g.line('field = Field()');
    hashable = writeMembers(g, false) || hashable;
  });
  g.classes.push({ ...base, name, slots: false, weakrefable: true, hashable });
}

function writeSlotted(g: Generator): void {
  const name = newName(g);
  const weakrefable = g.random.chance(0.7);
  let hashable = false;
  g.block(`class ${name}:`, () => {
    g.line(`__slots__ = ('n', 'left', 'right'${weakrefable ? ", '__weakref__'" : ''})`);
    writeInit(g);
    writeCommon(g);
    hashable = writeMembers(g, false);
  });
  g.classes.push({ name, slots: true, weakrefable, hashable, methods: [], final: false });
}

function writeContainer(g: Generator): void {
  const name = newName(g);
  // Not deque: as a heap type it would be tracked in CPython, and so would a tuple of bases that names it.
  const base = g.random.pick([
    'list',
    'dict',
    'set',
    'Exception',
    'collections.OrderedDict',
    'collections.UserDict',
    'types.SimpleNamespace',
  ]);
  const weakrefable = base === 'set' || base === 'collections.OrderedDict';
  const slots = g.random.chance(0.2) && base !== 'collections.UserDict';
  g.block(`class ${name}(${base}):`, () => {
    if (slots) g.line(`__slots__ = ('n', 'left', 'right'${weakrefable ? '' : ", '__weakref__'"})`);
    writeContainerInit(g, base);
    writeCommon(g);
    writeMembers(g, true);
  });
  const info: ClassInfo = { name, slots: false, weakrefable: true, hashable: true, methods: [], final: true };
  g.classes.push(info);
}

function writeContainerInit(g: Generator, base: string): void {
  g.block('def __init__(self, n):', () => {
    g.line(base === 'Exception' ? 'super().__init__(n)' : 'super().__init__()');
    g.line('self.n = n');
    g.line('self.left = None');
    g.line('self.right = None');
  });
}

function writeDataclass(g: Generator): void {
  const name = newName(g);
  const options = g.random.pick([
    'eq=False',
    'eq=False, slots=True',
    'unsafe_hash=True',
    'order=True, unsafe_hash=True',
    'eq=False, repr=False',
  ]);
  g.line(`@(lambda made: settled(lambda: dataclasses.dataclass(${options})(made)))`);
  g.block(`class ${name}:`, () => {
    g.line('n: int');
    g.line('left: object = dataclasses.field(default=None, repr=False, compare=False)');
    g.line('right: object = dataclasses.field(default=None, repr=False, compare=False)');
    writeCommon(g);
    if (g.random.chance(0.6)) writeDel(g, anyFinalizer(g));
  });
  const slots = options.includes('slots');
  g.classes.push({
    name,
    slots,
    weakrefable: !slots,
    hashable: options.includes('unsafe_hash'),
    methods: [],
    final: true,
  });
}

function writeWithMetaclass(g: Generator): void {
  const name = newName(g);
  let hashable = false;
  g.block(`class ${name}(metaclass=Loud):`, () => {
    writeInit(g);
    writeCommon(g);
    hashable = writeMembers(g, false);
  });
  g.classes.push({ name, slots: false, weakrefable: true, hashable, methods: [], final: false });
}
