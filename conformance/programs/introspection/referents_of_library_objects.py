import collections
import functools
import gc
import itertools
import operator
import sys


def f():
    pass


class A:
    def m(self):
        pass


def gen():
    yield o


o = object()
items = [o]
a = A()
objects = [
    itertools.chain(items, items),
    itertools.chain.from_iterable([items]),
    itertools.cycle(items),
    itertools.tee(items)[0],
    itertools.islice(items, 1),
    itertools.product(items, items),
    itertools.repeat(o),
    itertools.count(),
    itertools.count(1.5),
    itertools.groupby(items),
    itertools.zip_longest(items, items),
    itertools.combinations(items, 1),
    itertools.permutations(items),
    itertools.accumulate(items),
    itertools.pairwise(items),
    itertools.batched(items, 2),
    itertools.starmap(f, items),
    itertools.takewhile(f, items),
    itertools.dropwhile(f, items),
    itertools.filterfalse(f, items),
    itertools.compress(items, items),
    functools.partial(f, o, k=items),
    functools.lru_cache(f),
    functools.cmp_to_key(f),
    functools.cmp_to_key(f)(items),
    collections.deque([o]),
    iter(collections.deque([o])),
    collections.defaultdict(list, {1: o}),
    operator.itemgetter(1, 2),
    operator.attrgetter("x"),
    operator.methodcaller("m", items),
    gen(),
    map(f, items),
    filter(f, items),
    zip(items, items),
    enumerate(items),
    reversed(items),
    iter(items),
    iter((o,)),
    iter({1: o}),
    {1: o}.items(),
    iter({o}),
    iter(f, None),
    property(f),
    staticmethod(f),
    classmethod(f),
    a.m,
    items.append,
    a.__repr__,
    super(A, a),
    list[int],
    int | str,
    slice(o, items),
    ValueError(o),
    ExceptionGroup("group", [ValueError(o)]),
    StopIteration(items),
    frozenset([o]),
    memoryview(b"x"),
]
for x in objects[:-1]:
    print(type(x).__name__, gc.is_tracked(x), [type(r).__name__ for r in gc.get_referents(x)], sys.getsizeof(x))
print(sys.getsizeof(objects[-1]))
