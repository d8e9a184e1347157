"""Attributes of code, frames, tracebacks, cells, methods, exceptions: made by hand, copied, refused."""
import builtins
import copy
import pickle
import re
import sys
import types


def print(*values):
    builtins.print(*(re.sub(r"0x[0-9a-f]+|/[^ ']*/", "", str(value)) for value in values))


def told(action, *args, **kwargs):
    try:
        return action(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def outer(a, /, b, *args, c=1, **kw):
    cell = a

    def inner():
        return cell, b

    return inner


code = outer.__code__
print(code, code == copy.copy(code), hash(code) == hash(code.replace()), code == code.replace(co_name="x"), code.replace(co_name="x").co_qualname)
print(code.co_varnames, code.co_cellvars, code.co_freevars, outer(1, 2).__code__.co_freevars, code.co_code[:4], code._co_code_adaptive[:0])
for i in (0, 2, 5, 99, -1, "a"):
    print(told(code._varname_from_oparg, i))
for change in (dict(co_code="x"), dict(co_consts=[1]), dict(co_argcount="a"), dict(wrong=1), dict(co_argcount=-1), dict(co_stacksize=10**10), dict(co_names=(1,)), dict(co_filename=3), dict(co_flags=0), dict(co_linetable="x"), dict(co_varnames=("a",)), dict(co_nlocals=3)):
    print(list(change), told(lambda: code.replace(**change)) if not isinstance(told(lambda: code.replace(**change)), types.CodeType) else "made")
print(told(code.replace, 1))
simple = (lambda x: x + 1).__code__
parts = [simple.co_argcount, simple.co_posonlyargcount, simple.co_kwonlyargcount, simple.co_nlocals, simple.co_stacksize, simple.co_flags, simple.co_code, simple.co_consts, simple.co_names, simple.co_varnames, simple.co_filename, simple.co_name, simple.co_qualname, simple.co_firstlineno, simple.co_linetable, simple.co_exceptiontable]
made = types.CodeType(*parts)
print(made == simple, types.FunctionType(made, {})(4), hash(made) == hash(simple))
print(told(types.CodeType), told(types.CodeType, *parts[:5]), told(types.CodeType, *parts, (), (), 1), told(types.CodeType, *parts, x=1))
for i in range(16):
    print(i, told(types.CodeType, *parts[:i], None, *parts[i + 1 :]))
print(list(simple.co_lines()), list(simple.co_positions())[:2], told(lambda: simple.co_lnotab))


def lines():
    x = 1

    y = (
        x
        + 2
    )
    for i in range(2):
        pass
    return y


first = lines.__code__.co_firstlineno
print([(s, e, l - first) for s, e, l in lines.__code__.co_lines() if l])

print("--- cells")
empty, one, two = types.CellType(), types.CellType(1), types.CellType(2)
print(empty, one, one < two, one == types.CellType(1), empty < one, empty == types.CellType(), empty >= one, one != empty, told(lambda: one < types.CellType("a")), one == 1)
print(told(lambda: empty.cell_contents), one.cell_contents, told(hash, one), told(types.CellType, 1, 2), told(types.CellType, x=1))
one.cell_contents = 5
del two.cell_contents
print(one, two, sys.getsizeof(one))


def uses(value):
    def inner():
        return value

    return inner


f = uses(3)
f.__closure__[0].cell_contents = f
print(f() is f, sys.getrefcount(f))
del f.__closure__[0].cell_contents
print(told(f))

print("--- frames")


def framed(x):
    frame = sys._getframe()
    seen = [frame, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes, sorted(frame.f_locals), told(frame.clear), told(setattr, frame, "f_lineno", 3), told(setattr, frame, "f_trace_lines", 2), told(delattr, frame, "f_trace"), sys.getsizeof(frame)]
    return frame, seen


frame, seen = framed(1)
print(*seen[1:])
print(frame, frame.f_back, frame.f_lasti >= 0, told(setattr, frame, "f_lineno", 1), told(frame.clear), frame.f_locals)
del seen


def gen():
    kept = [1]
    yield sys._getframe()
    yield 2


g = gen()
frame = next(g)
print(frame.f_locals.keys(), frame is g.gi_frame, told(frame.clear), g.gi_frame, told(next, g), frame.f_locals)


def clears_itself():
    yield told(sys._getframe().clear)


print(next(clears_itself()))

print("--- tracebacks")


def fail():
    raise ValueError("x")


try:
    fail()
except ValueError as error:
    tb = error.__traceback__
print(tb.__dir__(), tb.tb_lineno - fail.__code__.co_firstlineno, tb.tb_next.tb_next, tb.tb_lasti >= 0)
made = types.TracebackType(None, tb.tb_frame, 4, 77)
print(made.tb_lineno, made.tb_lasti, made.tb_next, told(types.TracebackType, None, 3, 4, 5), told(types.TracebackType, 3, tb.tb_frame, 4, 5), told(types.TracebackType, None, tb.tb_frame, "x", 5), told(types.TracebackType, None, tb.tb_frame))
print(told(types.TracebackType, tb_next=None, tb_frame=tb.tb_frame, tb_lasti=1, tb_lineno=2).tb_lineno, told(setattr, tb, "tb_next", 3), told(delattr, tb, "tb_next"), told(setattr, made, "tb_next", made), told(setattr, made, "tb_next", tb), told(setattr, tb, "tb_next", made))
print(told(setattr, ValueError(), "__traceback__", 3), told(ValueError().with_traceback, 3), told(delattr, ValueError(), "__traceback__"))

print("--- exceptions")


class Mine(ValueError):
    pass


mine = Mine("a", 1)
mine.note = "n"
mine.add_note("extra")
for error in (
    ValueError("a"),
    mine,
    KeyError(3),
    OSError(2, "No", "file"),
    OSError(2, "No", "file", None, "other"),
    OSError("only"),
    OSError(1, 2, 3, 4, 5, 6),
    FileNotFoundError(2, "gone"),
    BlockingIOError(11, "busy", 7),
    ImportError("m", name="n", path="p"),
    ModuleNotFoundError("m", name="n"),
    AttributeError("a", name="n", obj=3),
    NameError("n", name="n"),
    StopIteration(4),
    SystemExit(5),
    SyntaxError("bad", ("f", 1, 2, "text")),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "why"),
    ExceptionGroup("g", [ValueError(1)]),
):
    state = told(error.__reduce__)
    back = told(lambda: pickle.loads(pickle.dumps(error))) if type(error) is not Mine else copy.copy(error)
    print(type(error).__name__, state, "|", repr(back), getattr(back, "__dict__", None), getattr(back, "name", "-"), getattr(back, "filename", "-"), getattr(back, "filename2", "-"), getattr(back, "characters_written", "-"))
e = ValueError()
print(told(e.__setstate__, 3), told(e.__setstate__, {"a": 1}), e.a, told(e.__setstate__, None), told(setattr, e, "__dict__", 3), told(delattr, e, "__dict__"), told(setattr, e, "args", 3), told(setattr, e, "args", [1]), e.args, told(delattr, e, "args"))
b = BlockingIOError(11, "busy", 7)
print(b.characters_written, told(delattr, b, "characters_written"), told(lambda: b.characters_written), told(delattr, b, "characters_written"), told(setattr, b, "characters_written", "x"), told(setattr, b, "characters_written", 10**30))
print(told(OSError, 1, x=2), told(setattr, e, "__cause__", 3), told(setattr, e, "__context__", 3), told(setattr, e, "__notes__", 3), told(e.add_note, 3), told(e.add_note, "x"))


class OwnNew(OSError):
    def __new__(cls, *args):
        return super().__new__(cls, *args)

    def __init__(self, extra):
        super().__init__(2, extra)


class OwnInit(OSError):
    def __init__(self, extra):
        super().__init__(2, extra)


for cls in (OwnNew, OwnInit):
    o = cls("text")
    print(repr(o), o.errno, o.strerror, o.args, str(o))

print("--- methods")


class A:
    def f(self):
        pass


a = A()
m = a.f
print(m.__reduce__()[1][1:], m == a.f, m is a.f, m == A().f, hash(m) == hash(a.f), told(lambda: m < m), m.__func__ is A.f, told(setattr, m, "x", 1), m.__get__(3, int) is m, copy.copy(m) == m)
print(types.MethodType(len, [1])(), told(types.MethodType, 3, 4), told(types.MethodType, len, None), told(types.MethodType, len), told(types.MethodType, len, 1, x=2), types.MethodType(len, "ab"))
w = (5).__add__
print(hash(w) == hash((5).__add__), w.__reduce__()[1], [].__len__, told(object().__init_subclass__, 1), "".__len__(), "abc".__getitem__(1), told("abc".__getitem__), told((5).__pow__, 2, 3), (5).__pow__(2), (5).__rpow__(2), told((5).__radd__), told([1].__setitem__, 0), told([1, 2].__delitem__, -1), told((1, 2).__getitem__, -3), told([].__init__, 1, 2))
