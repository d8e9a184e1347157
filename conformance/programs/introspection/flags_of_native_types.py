"""Types of native modules: which are heap types, and what of that shows: flags, sizes, the module in the dict, which attributes can be set."""

import _csv
import _functools
import _io
import _json
import _random
import _sre
import _struct
import _thread
import array
import binascii
import builtins
import collections
import functools
import gc
import hashlib
import itertools
import operator
import os
import pickle
import re
import select
import sys
import time
import types
import typing
import zlib

HEAP, IMMUTABLE, VERSION = 1 << 9, 1 << 8, 1 << 19


def show(t):
    flags = t.__flags__ & ~VERSION
    kind = ('mutable' if not flags & IMMUTABLE else 'immutable') + (' heap' if flags & HEAP else '')
    own = '__module__' in t.__dict__
    print(t.__module__, t.__qualname__, t.__name__, hex(flags), kind, t.__basicsize__, sys.getsizeof(t), gc.is_tracked(t), own)


for name in sorted(vars(builtins)):
    value = getattr(builtins, name)
    if type(value) is type and value.__module__ == 'builtins':
        show(value)
for module in (_functools, itertools, operator, collections, _csv, _io, _json, _random, _struct, array, binascii, re, zlib):
    for name in sorted(vars(module)):
        value = getattr(module, name)
        if isinstance(value, type) and value.__module__ in (module.__name__, 'functools', 'struct', '_io', 'io'):
            if not value.__flags__ & HEAP or type(value) is type and '__dict__' not in value.__dict__:
                show(value)
lines = itertools.groupby([1])
others = (
    functools.cmp_to_key(max), next(lines)[1], itertools.tee([])[0], iter(collections.deque()), reversed(collections.deque()),
    collections.namedtuple('N', 'a').__dict__['a'], array.array('b'), iter(array.array('b')), re.match('', ''), _struct.iter_unpack('b', b''),
    _thread.allocate_lock(), _thread.RLock(), _thread._local(), time.gmtime(0), os.stat('/'), os.terminal_size((1, 2)), os.times(),
    hashlib.md5(), select.epoll, pickle.Pickler, types.GenericAlias, typing.TypeVar('T'), typing.ParamSpec('P'), typing.TypeVarTuple('X'),
    typing.Generic, sys.flags, sys.version_info, zlib.compressobj(), zlib.decompressobj(), _struct.error(), zlib.error(), binascii.Error(),
)  # fmt: skip
for o in others:
    show(o if isinstance(o, type) else type(o))

for t in (functools.partial, collections.deque, re.Pattern, int):
    try:
        t.note = 1
    except TypeError as e:
        print(e)
for t in (_random.Random, zlib.error, time.struct_time):
    t.note = 1
    print(t.note, list(t.__dict__)[-1])
    del t.note
_random.Random.__name__ = 'Other'
print(_random.Random, _random.Random.__name__)
try:
    _random.Random() + 1
except TypeError as e:
    print(e)
_random.Random.__name__ = 'Random'
for o in (functools.partial(int), itertools.count(), re.compile(''), time.gmtime(0), zlib.error()):
    for key in (0, 'a'):
        try:
            del o[key]
        except TypeError as e:
            print(e)
