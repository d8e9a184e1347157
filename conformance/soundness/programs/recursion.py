class R:
    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __call__(self):
        return self()


def deeper():
    return deeper()


def test():
    nested = []
    for _ in range(300):
        nested = [nested]
    for bad in (lambda: repr(R()), lambda: R() == R(), lambda: R()(), deeper, lambda: repr(nested), lambda: eval("(" * 300 + ")" * 300)):
        try:
            bad()
        except (RecursionError, SyntaxError, MemoryError) as e:
            type(e)
