"""What uncaught and printed exceptions say: carets of every kind of expression, suggestions, notes, groups, cycles of causes."""
import sys
import traceback


def shown(action):
    try:
        action()
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__.tb_next)


class A:
    blech = bluch = None
    __slots__ = ()

    def method(self):
        pass


class B:
    def __init__(self):
        self.noise = self.blech = 1

    def use(self):
        return noise


module_level = value_of = 1


def local_names():
    alpha, beta = 1, 2
    return alpa


def free():
    outer_name = 1

    def inner():
        return outer_nam, outer_name

    return inner()


a, b, zero = {"k": {"l": [1]}}, [1, 2, 3], 0
cases = [
    lambda: A().blach,
    lambda: B().blec,
    lambda: B().use(),
    lambda: B().xyzzyxyz,
    lambda: local_names(),
    lambda: free(),
    lambda: modul_level,
    lambda: pritn,
    lambda: sys.exitt,
    lambda: time.sleep,
    lambda: (1).reall,
    lambda: a["k"]["x"],
    lambda: a["k"]["l"][5],
    lambda: b[zero:1:zero],
    lambda: 1 + b[0] / zero + 3,
    lambda: (1 +
             b[0] / zero),
    lambda: a["k"]["l"].append(1, 2),
    lambda: len(b, b)(3),
    lambda: "é世界" + b,
    lambda: -b,
    lambda: not len(zero),
    lambda: [x / zero for x in b],
    lambda: f"{b[9]} and {a}",
    lambda: b[0](*b, **a),
    lambda: (yield_ := b[7]),
    lambda: b[0] if b[8] else None,
    lambda: zero < b < 3,
    lambda: b[0].x.y,
    lambda: A.method(),
    lambda: A().method(1),
    lambda: (lambda q: q)(),
    lambda: int("x", base=3),
    lambda: __import__("no_such_module"),
    lambda: exec("from sys import no_such_name"),
    lambda: exec("x = 1\nx +"),
    lambda: exec("def f(:\n  pass"),
    lambda: compile("a b", "file.py", "exec"),
    lambda: eval("1 +\n 2 3"),
    lambda: exec("\tx=1\n        y=2"),
    lambda: int.from_bytes(1),
]
for case in cases:
    shown(case)


def raises(error):
    raise error


def chained(kind):
    try:
        raise KeyError("first")
    except KeyError as first:
        if kind == "from":
            raise ValueError("second") from first
        if kind == "none":
            raise ValueError("second") from None
        raise ValueError("second")


for kind in ("from", "none", "context"):
    shown(lambda: chained(kind))
noted = ValueError("noted")
noted.add_note("one\ntwo")
noted.add_note("")
shown(lambda: raises(noted))
for notes in (["x", 3], "text", 5, None, ("a",)):
    noted.__notes__ = notes
    shown(lambda: raises(noted))
loop = ValueError("loop")
loop.__cause__ = KeyError("inner")
loop.__cause__.__context__ = loop
shown(lambda: raises(loop))


class BadStr(Exception):
    def __str__(self):
        raise RuntimeError

    __module__ = "builtins"


class Odd(Exception):
    __module__ = 3


class Newlines(Exception):
    def __str__(self):
        return "a\nb"


for error in (BadStr(), Odd("odd"), Newlines(), KeyError("a\nb"), Exception(), Exception(None), SystemExit(3), KeyboardInterrupt(), SyntaxError("plain"), SyntaxError("m", ("f.py", 2, 3, "  ab cd\n", 2, 5)), SyntaxError("m", ("f.py", None, None, None)), SyntaxError("m", ("f.py", 1, 99, "ab")), UnicodeDecodeError("ascii", b"\xff", 0, 1, "r"), OSError(2, "x", "f\n")):
    shown(lambda: raises(error))
group = ExceptionGroup("top", [ValueError(1), ExceptionGroup("inner", [KeyError("k"), noted]), TypeError()] + [OSError(i) for i in range(20)])
shown(lambda: raises(group))


def deep(n):
    if n == 0:
        raise ValueError("deep")
    deep(n - 1)


shown(lambda: deep(8))


def ping(n):
    pong(n)


def pong(n):
    if n == 0:
        raise ValueError
    ping(n - 1)


shown(lambda: ping(3))
sys.tracebacklimit = 2
shown(lambda: deep(8))
sys.tracebacklimit = 0
shown(lambda: deep(8))
sys.tracebacklimit = "x"
shown(lambda: deep(2))
del sys.tracebacklimit
print(*traceback.format_exception_only(noted), sep="")
sys.excepthook(ValueError, ValueError("no tb"), None)
try:
    sys.excepthook(1, 2, 3)
except TypeError as error:
    print(error)
