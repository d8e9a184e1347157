# What __reduce__ of an iterator says when looking up iter() exhausts it.
import builtins


class Meddler:
    def __init__(self, name, iterator):
        self.name, self.iterator = name, iterator

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        list(self.iterator)
        return other == self.name


names = builtins.__dict__
originals = {'iter': iter, 'reversed': reversed}
for name, it in [('iter', iter('xyz')), ('iter', iter([1, 2])), ('iter', iter((1, 2))), ('iter', iter(bytes(3))),
                 ('iter', iter(bytearray(3))), ('iter', iter(lambda: 0, 0)), ('reversed', reversed([1, 2])), ('iter', iter('\u1234'))]:
    del names[name]
    names[Meddler(name, it)] = originals[name]
    try:
        reduced = it.__reduce__()
    finally:
        for key, function in originals.items():
            names.pop(key, None)
            names[key] = function
    print(reduced)


class Word(str):
    pass


class Worded:
    def __repr__(self):
        return Word('<word>')


print(type(ascii(Worded())), type(ascii('ä')))
from collections import deque
import copy
it = iter(deque('abcd'))
next(it)
print(it.__reduce__(), list(copy.copy(it)), list(it))
import array
print([array.array('u', text).__sizeof__() for text in ('', 'a', 'abc', 'ab\U00010000')])


def nested(n):
    d = {}
    for _ in range(n):
        d = {42: d.values()}
    try:
        return len(repr(d))
    except RecursionError as e:
        return str(e)


print(nested(700), nested(800))
hidden = compile('x = 3\n[x for x in (1, 2)]\ny = [x]', '', 'exec')
space = {}
exec(hidden.replace(co_consts=hidden.co_consts), space)
print(space['x'], space['y'])

import pickle
starred = iter(tuple[int])
print(type(starred), starred.__reduce__())
alias = next(starred)
print(alias, starred.__reduce__(), list(starred), copy.copy(alias) == alias, copy.deepcopy(alias) == alias)
print([pickle.loads(pickle.dumps(alias, p)) == alias for p in range(6)])


class Endless:
    def __getitem__(self, i):
        return i


import sys
it = iter(Endless())
it.__setstate__(sys.maxsize - 2)
print(it.__reduce__()[2], next(it), next(it))
for _ in range(2):
    try:
        next(it)
    except OverflowError as e:
        print(e)
it.__setstate__(-42)
print(next(it))
