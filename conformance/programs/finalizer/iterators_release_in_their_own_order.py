"""What iterators and callables of the library release first is not always what is first in memory."""
import collections
import functools
import itertools
import operator


class Named:
    def __init__(self, name, items=()):
        self.name = name
        self.items = iter(items)

    def __call__(self, *args):
        return 1

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.items)

    def __add__(self, other):
        return Named('sum')

    def __del__(self):
        print(self.name, end=' ')


def show(what, make, advance=0):
    print(what, end=': ')
    o = make()
    for i in range(advance):
        next(o)
    print('made', end=' ')
    del o
    print()


def three(name):
    return Named(name, [Named(1), Named(2), Named(3)])


show('chain', lambda: itertools.chain([Named(1), Named(2)], (Named(3), Named(4))), 3)
show('chain of iterators', lambda: itertools.chain.from_iterable(Named('source', [Named('active', 'abc')])), 1)
show('accumulate', lambda: itertools.accumulate(three('iterator'), Named('function'), initial=Named('initial')), 2)
show('accumulate without function', lambda: itertools.accumulate(three('iterator')), 2)
show('cycle', lambda: itertools.cycle(three('iterator')), 2)
show('starmap', lambda: itertools.starmap(Named('function'), Named('iterator')))
show('takewhile', lambda: itertools.takewhile(Named('function'), Named('iterator')))
show('filterfalse', lambda: itertools.filterfalse(Named('function'), Named('iterator')))
show('filter', lambda: filter(Named('function'), Named('iterator')))
show('map', lambda: map(Named('function'), Named('a'), Named('b')))
show('zip', lambda: zip(Named('a'), Named('b')))
show('compress', lambda: itertools.compress(Named('data'), Named('selectors')))
show('pairwise', lambda: itertools.pairwise(three('iterator')), 1)
show('zip_longest', lambda: itertools.zip_longest(three('a'), three('b'), fillvalue=Named('fill')), 1)
show('groupby', lambda: itertools.groupby(three('iterator'), Named('key')), 1)
show('product', lambda: itertools.product([Named(1), Named(2)], [Named(3), Named(4)]), 1)
show('tee', lambda: itertools.tee(three('iterator'))[0], 1)
show('partial', lambda: functools.partial(Named('function'), Named('a'), Named('b'), k=Named('k')))
show('cmp_to_key', lambda: functools.cmp_to_key(Named('function'))(Named('object')))
show('itemgetter', lambda: operator.itemgetter(Named(1), Named(2)))
show('deque', lambda: collections.deque([Named(1), Named(2), Named(3)], 2))
show('defaultdict', lambda: collections.defaultdict(Named('factory'), {1: Named(1), 2: Named(2)}))
show('property', lambda: property(Named('get'), Named('set'), Named('delete')))
