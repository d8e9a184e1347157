def test():
    class V:
        def __init__(self, n):
            self.n = n

        def __add__(self, o):
            return V(self.n + getattr(o, "n", o))

        __radd__ = __iadd__ = __mul__ = __sub__ = __add__

        def __neg__(self):
            return V(-self.n)

        def __lt__(self, o):
            return self.n < o.n

        def __getitem__(self, i):
            if i >= self.n:
                raise IndexError(i)
            return V(i)

        def __setitem__(self, i, v):
            self.last = (i, v)

        def __delitem__(self, i):
            del self.last

        def __len__(self):
            return self.n

        def __contains__(self, x):
            return x == self.n

        def __call__(self, *args, **kwargs):
            return args, kwargs

        def __getattr__(self, name):
            if name.startswith("dyn_"):
                return name
            raise AttributeError(name)

        def __index__(self):
            return self.n

        def __format__(self, spec):
            return f"V{spec}"

        def __bool__(self):
            return self.n > 0

        def __enter__(self):
            return self

        def __exit__(self, *exc):
            return True

        def __missing__(self, key):
            return key

    v = V(5)
    w = v + 1 + v
    w += 3
    assert 3 + v and (-v).n and sorted([V(3), V(1)]) and list(v) and len(v) and 5 in v and v(1, a=2) and v.dyn_x and f"{v:q}" and [1, 2, 3, 4, 5, 6][V(2)] and "%d" % v.n
    v[1] = 2
    del v[1]
    with v as x:
        raise ValueError("swallowed")
    return reversed(v), iter(v), x * 2, x - 1, hex(v), bool(V(0))
