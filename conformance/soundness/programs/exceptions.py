import sys


class Custom(Exception):
    def __init__(self, a, b=None):
        super().__init__(a)
        self.b = b


def fail(n):
    if n == 0:
        raise Custom("deep", b=[1])
    fail(n - 1)


def test():
    try:
        fail(5)
    except Custom as e:
        e.add_note("note"), str(e), repr(e), e.with_traceback(e.__traceback__), e.__traceback__.tb_frame, e.__reduce__()
        kept = e
    try:
        try:
            {}["k"]
        except KeyError as e:
            raise ValueError("chained") from e
    except ValueError as e:
        assert e.__cause__
    try:
        try:
            1 / 0
        finally:
            [].pop()
    except IndexError as e:
        assert e.__context__
    try:
        raise ExceptionGroup("group", [ValueError(1), ExceptionGroup("inner", [TypeError(2)]), KeyError(3)])
    except* ValueError as g:
        repr(g)
    except* (TypeError, KeyError) as g:
        assert g.subgroup(TypeError) and g.split(KeyError) and g.derive([ValueError()])
    errors = [OSError(2, "no", "file"), UnicodeDecodeError("u", b"x", 0, 1, "r"), StopIteration(5), SystemExit(3), SyntaxError("m", ("f", 1, 2, "t")), ImportError("i", name="n", path="p"), AttributeError("a", name="x", obj=[]), NameError("n", name="q"), AssertionError(), MemoryError(), UnicodeEncodeError("u", "x", 0, 1, "r")]
    for e in errors:
        try:
            raise e
        except BaseException as x:
            str(x), repr(x), x.args, sys.exc_info()
    kept.self = kept
    kept.__cause__ = None
    try:
        assert [] == [1], "message"
    except AssertionError as e:
        str(e)
    try:
        undefined_name
    except NameError as e:
        str(e)
    try:
        raise 5
    except TypeError as e:
        str(e)
