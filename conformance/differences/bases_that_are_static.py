"""`deque` is a heap type in CPython, which the collector tracks, and a static one here: a tuple of bases that names nothing else is
untracked by the first collection."""

import collections
import gc


class Queue(collections.deque):
    pass


gc.collect()
print(gc.is_tracked(Queue.__bases__))
