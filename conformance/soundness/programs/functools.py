import functools as ft


def test():
    @ft.lru_cache(maxsize=3)
    def cached(n, *, k=None):
        return [n, k]

    @ft.cache
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    @ft.wraps(fib)
    def wrapper(*args):
        return args

    @ft.total_ordering
    class O:
        def __init__(self, n):
            self.n = n

        def __eq__(self, o):
            return self.n == o.n

        def __lt__(self, o):
            return self.n < o.n

        @ft.cached_property
        def big(self):
            return [self.n]

        @ft.singledispatchmethod
        def show(self, x):
            return "any"

        @show.register
        def _(self, x: int):
            return "int"

        part = ft.partialmethod(lambda self, a, b: (a, b), 1)

    assert [cached(i) for i in range(6)] and cached(1, k=2) and cached.cache_info() and fib(20) and wrapper(1)
    cached.cache_clear()
    p = ft.partial(int, base=2)
    q = ft.partial(p, "101")
    assert q() == 5 and repr(q) and q.func and p.keywords and ft.reduce(lambda a, b: a + [b], "abc", []) and sorted([3, 1, 2], key=ft.cmp_to_key(lambda a, b: a - b))
    o = O(3)
    assert o.big and o >= O(2) and o.show(1) and o.show("a") and o.part(2) == (1, 2) and q.__reduce__()
    p.__setstate__((p.func, (), {"base": 8}, {"x": p}))
    p.__dict__.clear()
