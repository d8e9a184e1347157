"""OrderedDict: order, sizes, counts, deaths, cycles, iterators, pickling, and what happens when it changes meanwhile."""
import copy
import gc
import sys
import weakref
from collections import OrderedDict


def attempt(label, action):
    try:
        print(label, action())
    except Exception as e:
        print(label, type(e).__name__, e)


# Order
d = OrderedDict(a=1, b=2, c=3)
d.move_to_end('a')
d.move_to_end('c', last=False)
d['b'] = 20
print(d, list(reversed(d)), list(d.items()), list(reversed(d.values())))
print(d.popitem(), d.popitem(last=False), d.pop('b'), d.pop('x', 'none'), d)
print(OrderedDict.fromkeys('cab', 0), OrderedDict([('x', 1)], y=2))
print(OrderedDict(a=1) == {'a': 1}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) != {'a': 2})
d = OrderedDict(a=1)
d |= [('b', 2)]
print(d | {'c': 3}, {'z': 0} | d, type({} | d).__name__)
print(d.setdefault('a', 5), d.setdefault('n'), d.copy(), copy.deepcopy(d), dict(d))
print(d.keys() & {'a', 'q'}, d.items() ^ {('a', 1)} == {('b', 2), ('n', None)}, d.keys() - 'a' == {'b', 'n'})

# Errors
for bad in (1, [1], [()], [(1,)], [(1, 2, 3)]):
    attempt('init', lambda: OrderedDict(bad))
attempt('init', lambda: OrderedDict(1, 2))
attempt('update', lambda: OrderedDict().update(1, 2))
attempt('pop', lambda: OrderedDict().pop(1))
attempt('popitem', lambda: OrderedDict().popitem())
attempt('move', lambda: OrderedDict(a=1).move_to_end('b'))
attempt('hash', lambda: hash(OrderedDict()))


def while_iterating(change):
    od = OrderedDict(a=1, b=2)
    for _ in od:
        change(od)


attempt('moved', lambda: while_iterating(lambda od: od.move_to_end('a')))
attempt('grown', lambda: while_iterating(lambda od: dict.__setitem__(od, 'z', 1)))
attempt('shrunk', lambda: while_iterating(lambda od: dict.__delitem__(od, 'b')))

# Sizes and counts
print([sys.getsizeof(OrderedDict.fromkeys(range(n))) for n in (0, 1, 5, 6, 11, 100)])
d = OrderedDict(a=1)
del d['a']
print(sys.getsizeof(d), d.__sizeof__() - OrderedDict().__sizeof__())
key = (1, 'key')
before = sys.getrefcount(key)
d[key] = key
print(sys.getrefcount(key) - before)
it = iter(d)
print(sys.getrefcount(key) - before)
del it
d.clear()
print(sys.getrefcount(key) - before, gc.is_tracked(OrderedDict()))
print(gc.get_referents(OrderedDict(k=[1])), OrderedDict.__basicsize__, OrderedDict.__dictoffset__)


# Deaths
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('dies:', self.name)

    def __repr__(self):
        return self.name


d = OrderedDict()
for name in 'pqr':
    d[Loud('key ' + name)] = Loud('value ' + name)
d.move_to_end(next(iter(d)))
print('clear')
d.clear()
for name in 'st':
    d[Loud('key ' + name)] = Loud('value ' + name)
d.extra = Loud('attribute')
r = weakref.ref(d, lambda _: print('callback'))
print('del')
del d
gc.collect()
d = OrderedDict()
d['self'] = d
d['loud'] = Loud('in a cycle')
d.me = d
print(repr(d))
del d
print(gc.collect())


class Sub(OrderedDict):
    def __getitem__(self, key):
        print('get', key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print('set', key)
        super().__setitem__(key, value)


s = Sub(a=1)
s.note = 'kept'
print(repr(s), s.copy(), s.pop('a'), s)
print(s.__reduce__()[:4], OrderedDict(b=1).__reduce__()[:4])
it = iter(OrderedDict(a=1, b=2).items())
print(next(it), it.__reduce__(), list(copy.copy(it)), list(it))


class Inconstant:
    value = 0

    def __hash__(self):
        Inconstant.value += 1
        return Inconstant.value


d = OrderedDict()
d[Inconstant()] = 1
for read in (lambda: list(d.values()), lambda: d.copy(), lambda: repr(d)):
    try:
        read()
    except KeyError:
        print('not found')
