import gc
import sys
import traceback
import weakref


class N:

    def __init__(s, n):
        s.n = n

    def __del__(s):
        print('  del', s.n)


def f(n):
    loc = N(n)
    raise ValueError(n)


gc.disable()
try:
    f(1)
except ValueError as e:
    print(len(traceback.extract_tb(e.__traceback__)), [x.name for x in traceback.extract_tb(e.__traceback__)])
print('after 1')
try:
    f(2)
except ValueError as e:
    keep = e
print('kept', keep.__traceback__.tb_next.tb_frame.f_locals.keys())
keep.__traceback__ = None
print('cleared')
try:
    f(3)
except ValueError as e:
    tb = e.__traceback__
traceback.clear_frames(tb)
print('frames cleared')
del tb, keep


def chain():
    try:
        f('a')
    except ValueError as e:
        try:
            f('b')
        except ValueError as e2:
            raise KeyError('c') from e2


try:
    chain()
except KeyError as e:
    print(type(e.__cause__).__name__, type(e.__context__).__name__, e.__cause__.__context__ is not None, e.__suppress_context__)
    print(''.join(traceback.format_exception(e)).count('Traceback'))
print('chain done')


def cyc():
    x = N('cyc')
    try:
        raise ValueError(x)
    except ValueError as e:
        s = e


cyc()
print(gc.collect())


def nocyc():
    x = N('nocyc')
    try:
        raise ValueError(x)
    except ValueError as e:
        s = e
    finally:
        del s


nocyc()
print(gc.collect())
print(sys.exc_info(), sys.exception())


def inner():
    print(sys.exc_info()[0].__name__, type(sys.exception()).__name__)
    try:
        raise KeyError(1)
    except KeyError:
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info()[0].__name__)


try:
    raise ValueError
except ValueError:
    inner()


def gen():
    try:
        yield 1
    except ValueError:
        print('in gen', sys.exc_info()[0].__name__)
        yield 2
        print('still', sys.exc_info()[0].__name__)


g = gen()
next(g)
g.throw(ValueError)
try:
    1 / 0
except ZeroDivisionError:
    try:
        next(g)
    except StopIteration:
        pass
    print(sys.exc_info()[0].__name__)
e = ValueError(1)
e.self = e
del e
print(gc.collect())
eg = ExceptionGroup('g', [ValueError(N('v')), KeyError(N('k')), ExceptionGroup('n', [ValueError(N('nv'))])])
a, b = eg.split(ValueError)
print(a, b, sys.getrefcount(eg.exceptions[0]), eg.subgroup(KeyError))
del a, b
try:
    raise eg
except* ValueError as x:
    print('ve', len(x.exceptions))
except* KeyError as x:
    print('ke', len(x.exceptions))
del eg
print('eg gone', gc.collect())


class Bad:

    def __del__(self):
        raise RuntimeError('bad')


import io


def hook(u):
    print('hook', u.exc_type.__name__, u.exc_value, u.err_msg, u.object.__name__)


sys.unraisablehook = hook
b = Bad()
del b
b = Bad()
b.me = b
del b
print(gc.collect())
r = weakref.ref(N('w'), lambda r: 1 / 0)
x = N('w2')
r = weakref.ref(x, lambda r: 1 / 0)
del x
sys.unraisablehook = sys.__unraisablehook__
try:
    raise ValueError('with note')
except ValueError as e:
    e.add_note('n1')
    e.add_note('n2')
    print(e.__notes__, traceback.format_exception_only(e))


def rec(n):
    return rec(n + 1)


try:
    rec(0)
except RecursionError as e:
    print(str(e)[:40], len(traceback.extract_tb(e.__traceback__)) > 500)
print('rec', gc.collect() >= 0)
try:
    assert N('assert') is None, 'msg'
except AssertionError as e:
    print(e)
try:
    [][1]
except IndexError as e:
    print(e, e.args, e.__traceback__.tb_lineno)
try:
    {}['x']
except KeyError as e:
    print(e, e.args[0])
try:
    None.foo
except AttributeError as e:
    print(e, e.name, e.obj)
try:
    undefined
except NameError as e:
    print(e, e.name)
try:
    import nope
except ImportError as e:
    print(e, e.name, e.path)
try:
    int('x')
except ValueError as e:
    print(e)
try:
    open('/nope/x')
except OSError as e:
    print(e, e.errno, e.filename, e.strerror)


def ff():
    try:
        return 1
    finally:
        try:
            raise ValueError
        except ValueError:
            pass


print(ff())
f1 = sys._getframe()
print(f1.f_back, f1.f_code.co_name, f1.f_lineno > 50, sys.getrefcount(f1))
del f1
