import abc
import collections
import contextlib
import copy
import dataclasses
import enum
import functools
import gc
import pickle
import sys
import types
import typing
import weakref

gc.collect()


@dataclasses.dataclass
class D:
    a: int
    b: list = dataclasses.field(default_factory=list)
    c: object = None


d = D(1)
d.c = d
print(d.a, sys.getrefcount(d), gc.collect())
r = weakref.ref(d)
del d
print(r() is None, gc.collect(), r() is None)


@dataclasses.dataclass(slots=True, weakref_slot=True, frozen=True)
class DS:
    x: object
    y: object = ()


s = DS([1])
print(sys.getsizeof(s), weakref.ref(s)() is s, hash(DS(1)), DS(1) == DS(1), dataclasses.asdict(s), dataclasses.astuple(s), dataclasses.replace(s, x=2))
try:
    s.x = 3
except dataclasses.FrozenInstanceError as e:
    print(e)
x = DS.__subclasses__
print(gc.collect() >= 0)


@dataclasses.dataclass(order=True)
class O:
    k: int
    v: str = dataclasses.field(compare=False, repr=False, default='z')


print(sorted([O(3), O(1), O(2)]), O(1) < O(2), dataclasses.fields(O)[0].name, O.__match_args__)


class Color(enum.Enum):
    RED = 1
    GREEN = 2

    def m(self):
        return self.name


print(Color.RED, Color(1) is Color.RED, Color['GREEN'], list(Color), sys.getrefcount(Color.RED) > 2, copy.copy(Color.RED) is Color.RED, copy.deepcopy(Color.RED) is Color.RED, pickle.loads(pickle.dumps(Color.RED)) is Color.RED, Color.RED.m())


class F(enum.Flag):
    A = 1
    B = 2


print(F.A | F.B, F(3), F.A in F(3), ~F.A, F(0))


class IE(enum.IntEnum):
    X = 5


print(IE.X + 1, IE.X is IE(5), isinstance(IE.X, int), f'{IE.X}', sys.getsizeof(IE.X))
w = weakref.ref(Color.RED)
print(w() is Color.RED)
P = collections.namedtuple('P', 'x y', defaults=[0])
p = P(1)
print(p, p._asdict(), P._fields, sys.getsizeof(p), gc.is_tracked(p), gc.is_tracked(P(1, [])), p == (1, 0), sys.getrefcount(p))


class T(typing.NamedTuple):
    a: int
    b: str = 'q'


print(T(1), T.__annotations__, T(1)._replace(b=2))


class Node:

    def __init__(self, n, *kids):
        self.n = n
        self.kids = list(kids)

    def __repr__(self):
        return f'N{self.n}'


leaf = Node(0)
tree = Node(1, leaf, leaf)
tree.me = tree
c = copy.copy(tree)
print(c.kids is tree.kids, c.me is tree, sys.getrefcount(leaf))
dc = copy.deepcopy(tree)
print(dc.kids[0] is dc.kids[1], dc.me is dc, sys.getrefcount(leaf), sys.getrefcount(dc.kids[0]))
del c, dc
print(gc.collect())
pk = pickle.loads(pickle.dumps(tree))
print(pk.me is pk, pk.kids[0] is pk.kids[1])
del pk
print(gc.collect())


class CM:

    def __copy__(self):
        print('copy')
        return 1

    def __deepcopy__(self, memo):
        print('deep', type(memo).__name__, len(memo))
        return 2


print(copy.copy(CM()), copy.deepcopy([CM(), CM()]))
memo = {}
l = [[]]
copy.deepcopy(l, memo)
print(len(memo), sys.getrefcount(l[0]))
del memo
print(sys.getrefcount(l[0]))


@contextlib.contextmanager
def cm():
    o = Node('cm')
    r = weakref.ref(o, lambda _: print('cm gone'))
    try:
        yield o
    finally:
        print('cm exit')


with cm() as v:
    print(v, sys.getrefcount(v))
del v
try:
    with cm() as v:
        raise ValueError(v)
except ValueError as e:
    print(e, sys.getrefcount(v))
del v
with contextlib.ExitStack() as st:
    a = st.enter_context(cm())
    b = st.enter_context(cm())
    st.callback(print, 'cb', 1)
    st.push(lambda *a: print('push', a[0]))
    print(len(st._exit_callbacks))
del a, b
print('after stack')
with contextlib.closing(types.SimpleNamespace(close=lambda: print('closed'))):
    pass
with contextlib.suppress(KeyError):
    {}['x']
with contextlib.redirect_stdout(__import__('io').StringIO()) as f:
    print('hidden')
print(repr(f.getvalue()))


@functools.singledispatch
def sd(x):
    return 'obj'


@sd.register
def _(x: int):
    return 'int'


@sd.register(list)
def _(x):
    return 'list'


print(sd(1), sd([]), sd(''), sd.registry.keys())


class Local:
    pass


sd.register(Local)(lambda x: 'local')
print(sd(Local()))
r = weakref.ref(Local)
del Local
gc.collect()
print(r() is None)


class AB(abc.ABC):

    @abc.abstractmethod
    def f(self):
        ...


try:
    AB()
except TypeError as e:
    print(e)


class Impl(AB):

    def f(self):
        return 1


print(Impl().f(), isinstance(Impl(), AB), AB.__abstractmethods__)


class V:
    pass


AB.register(V)
print(isinstance(V(), AB), issubclass(V, AB))
r = weakref.ref(V)
del V
gc.collect()
print(r() is None)


class cached:

    @functools.cached_property
    def v(self):
        print('compute')
        return Node('v')


o = cached()
print(o.v is o.v, sys.getrefcount(o.v))
del o.v
o.v


class LC:

    @functools.lru_cache(maxsize=None)
    def m(self, x):
        return x


o = LC()
o.m(1)
o.m(1)
print(LC.m.cache_info(), sys.getrefcount(o))
r = weakref.ref(o)
del o
print(r() is not None)
LC.m.cache_clear()
print(r() is None)
