"""What a cache holds, in the order in which the collector visits it."""
import functools
import gc


def double(q=0):
    return [q]


for size in (None, 0, 1, 3):
    cached = functools.lru_cache(maxsize=size)(double)
    cached()
    cached(1.5)
    print(size, [x if isinstance(x, type) else type(x).__name__ for x in gc.get_referents(cached)])
