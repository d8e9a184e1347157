import contextlib


@contextlib.contextmanager
def manager(x):
    try:
        yield [x]
    finally:
        x = None


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def describe(v):
    match v:
        case Point(0, y=y):
            return ("axis", y)
        case [1, [a, *b], *rest]:
            return a, b, rest
        case {"k": value, **others}:
            return value, others
        case str() | bytes() as text if len(text) > 2:
            return text
        case int(n):
            return n
        case None | True:
            return ()
        case _:
            return "other"


def test():
    with manager(1) as a, manager(2) as b:
        assert a + b
    with contextlib.suppress(KeyError), manager(3):
        {}["x"]
    with contextlib.ExitStack() as stack:
        stack.enter_context(manager(4))
        stack.callback(lambda: None)
        stack.push(lambda *exc: True)
        raise ValueError
    values = [Point(0, 5), [1, [2, 3], 4], {"k": 1, "l": 2}, "text", b"bytes", 5, None, 2.5, (1, [2])]
    return [describe(v) for v in values]
