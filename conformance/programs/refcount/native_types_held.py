"""Instances of heap types of native modules hold their type, let go of it, and show it to the collector."""

import array
import collections
import csv
import functools
import gc
import io
import itertools
import operator
import os
import queue
import random
import re
import sys
import threading
import time
import typing
import weakref
import zlib


class Counted:
    def __del__(self):
        print('dead')


def watch(make, *args):
    t = type(make(*args))
    before = sys.getrefcount(t)
    o = make(*args)
    held = sys.getrefcount(t) - before
    seen = [x for x in gc.get_referents(o) if x is t]
    del o
    gc.collect()
    print(t.__qualname__, held, len(seen), sys.getrefcount(t) - before)


class Partial(functools.partial):
    pass


class Queue(collections.deque):
    __slots__ = ()


class Text(io.StringIO):
    pass


def grouper():
    return next(itertools.groupby([1]))[1]


for case in (
    (functools.partial, print), (functools.cmp_to_key, max), (functools.lru_cache, max), (itertools.count,), (itertools.repeat, 1),
    (itertools.chain, [1], [2]), (itertools.accumulate, [1]), (itertools.product, [1], [2]), (itertools.islice, [1], 1),
    (itertools.zip_longest, [1]), (grouper,), (operator.itemgetter, 1), (operator.attrgetter, 'a'), (operator.methodcaller, 'a'),
    (collections.deque, [1]), (array.array, 'b', [1]), (re.compile('x').match, 'x'), (random.Random,), (time.gmtime, 0), (os.stat, '/'),
    (threading.Lock,), (threading.RLock,), (threading.local,), (queue.SimpleQueue,), (io.BytesIO, b'x'), (io.StringIO, 'x'),
    (csv.reader, []), (zlib.compressobj,), (zlib.error, 1), (typing.TypeVar, 'T'), (typing.ParamSpec, 'P'), (ExceptionGroup, 'm', [ValueError()]),
    (Partial, print), (Queue, [1]), (Text, 'x'),
):  # fmt: skip
    watch(*case)

print([sys.getrefcount(t) for t in (itertools.count, itertools.repeat, itertools.chain, itertools.groupby, collections.deque)])
print(sys.getrefcount(functools.partial) - sys.getrefcount(operator.itemgetter), sys.getrefcount(ExceptionGroup))
loop = collections.deque()
loop.append(functools.partial(print, loop, Counted()))
before = sys.getrefcount(collections.deque), sys.getrefcount(functools.partial)
del loop
gc.collect()
print(before[0] - sys.getrefcount(collections.deque), before[1] - sys.getrefcount(functools.partial))


class Kept(functools.partial):
    pass


wr = weakref.ref(Kept)
o = Kept(print)
del Kept
gc.collect()
print(wr() is type(o))
del o
gc.collect()
print(wr())
print(sorted(type(x).__name__ for x in gc.get_referrers(itertools.pairwise) if type(x) in (tuple, dict)))
gc.collect()
print(gc.is_tracked(Queue.__bases__), gc.is_tracked(Counted.__bases__))
