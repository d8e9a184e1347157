# Asynchronous generators, step by step.
import warnings
warnings.simplefilter("ignore")
import sys, gc, types
def step(c, *a):
    try: return ('yield', c.send(*a) if a else next(c))
    except BaseException as e: return ('raise', repr(e), repr(e.__context__), repr(e.__cause__))
def thr(c, *a):
    try: return ('yield', c.throw(*a))
    except BaseException as e: return ('raise', repr(e), repr(e.__context__), repr(e.__cause__))
@types.coroutine
def aw(x):
    try:
        r = yield x
        print('aw got', r); return r
    except BaseException as e:
        print('aw exc', repr(e)); raise
async def g():
    try:
        await aw('A')
        try:
            x = yield 1
            print('x', x)
        except ValueError as e:
            print('ve', e)
            yield 'caught'
        await aw('B')
        yield 2
    finally:
        print('fin1'); await aw('F'); print('fin2')
print('--- normal')
a = g(); n = a.__anext__()
print(step(n), a.ag_running, a.ag_await is not None); 
n2 = a.__anext__(); print(step(n2)); print(step(a.asend(3))); print(step(a.aclose(), None)); print(step(a.athrow(ValueError), None))
print(step(n, 'r1'), a.ag_running); print(step(n)); print(thr(n, ValueError))
c = a.aclose(); print(step(c, None)); print(step(c, None)); print(step(c,None)); print(thr(c, KeyError)); print(step(a.__anext__())); print(step(a.aclose())); print(step(a.athrow(KeyError('k')), None))
print('--- athrow')
a = g(); c = a.athrow(KeyError('k')); print(step(c, 1)); print(step(c, None)); print(step(c, None)); print(a.ag_running)
a = g(); print(step(a.asend(7), None)); print(step(a.asend(7), 8)); del a; gc.collect()
print('--- v')
a = g(); n=a.__anext__(); step(n); print(step(n, 'q')); c=a.athrow(ValueError('vv')); print(step(c, None)); print(step(c, None))
c=a.athrow(KeyError, 'kk'); print(step(c)); print(step(c)); print(step(c, None))
print('--- throw into anext')
a = g(); n=a.__anext__(); step(n); print(thr(n, KeyError('z'))); print(a.ag_running, thr(n, KeyError))
a = g(); n=a.__anext__(); print(thr(n, KeyError('z'))); print(step(a.__anext__()))
a = g(); n=a.__anext__(); step(n); n.close(); print(step(n), a.ag_running); 
print('--- close ignoring')
async def ig():
    while True:
        try: yield 1
        except GeneratorExit: print('ign')
a = ig(); print(step(a.__anext__())); c=a.aclose(); print(step(c)); print(step(c)); print(a.ag_running); print(step(a.__anext__()))
a = ig(); print(step(a.__anext__()));
sys.unraisablehook = lambda u: print('unraisable', repr(u.exc_value), u.err_msg, u.object is not None)
del a; gc.collect()
print('--- aclose throw')
a = g(); n=a.__anext__(); step(n); print(step(n, 'q')); c=a.aclose(); print(step(c)); print(thr(c, KeyError('w'))); print(step(c))
a = g(); n=a.__anext__(); step(n); print(step(n, 'q')); c=a.aclose(); print(thr(c, GeneratorExit)); print(thr(c, KeyError('w')));
a = g(); c=a.athrow(KeyError); print(thr(c, IndexError)); print(thr(c, IndexError))
async def ret():
    try: yield 1
    except GeneratorExit: return
a = ret(); print(step(a.__anext__())); c=a.aclose(); print(step(c)); print(step(c))
a = ret(); print(step(a.__anext__())); c=a.athrow(GeneratorExit); print(step(c)); print(step(c))
a = ret(); c=a.aclose(); print(step(c, 5)); print(step(c))
a = ret(); c=a.athrow(); print(step(c, None)); print(a.ag_running)
a = ret(); c=a.athrow(3); print(step(c, None)); print(a.ag_running)
a = ret(); c=a.athrow(1,2,3,4); print(step(c, None)); print(a.ag_running)
a = ret(); c=a.athrow(ValueError('x'), 3); print(step(c, None)); 
a = ret(); c=a.athrow(ValueError, 3, 4); print(step(c, None)); 
print('--- stop')
async def st(): 
    yield 1
    raise StopIteration(3)
async def sa(): 
    yield 1
    raise StopAsyncIteration(3)
for f in st, sa:
    a=f(); print(step(a.__anext__())); print(step(a.__anext__())); print(step(a.__anext__()))
async def tup(): yield (1,2); yield ValueError(3)
a=tup(); print(step(a.__anext__())); print(step(a.__anext__())); print(step(a.__anext__()))
print('--- hooks')
def fi(a): print('first', a.__name__)
def fz(a): print('final', a.__name__); step(a.aclose())
print(sys.get_asyncgen_hooks()); sys.set_asyncgen_hooks(firstiter=fi, finalizer=fz); print(sys.get_asyncgen_hooks().firstiter is fi)
a = ret(); a.__anext__(); print(step(a.asend(None))); del a; gc.collect()
a = ret(); c = a.aclose(); del a, c
a = ret(); c = a.aclose(); step(c); del a, c
def bad(a): raise ZeroDivisionError
sys.set_asyncgen_hooks(bad, bad)
a = ret()
try: a.__anext__()
except ZeroDivisionError as e: print(repr(e))
print(step(a.__anext__())); del a
sys.set_asyncgen_hooks(None); print(sys.get_asyncgen_hooks()[0], sys.get_asyncgen_hooks()[1] is bad)
for x in ((3,), (None, 3)):
    try: sys.set_asyncgen_hooks(*x)
    except TypeError as e: print(e)
sys.set_asyncgen_hooks(None, None)
print('--- types')
a=g(); 
for o in a, a.__anext__(), a.aclose():
    t=type(o); print(t, t.__basicsize__, t.__flags__, sorted(vars(t)), o.__await__() is o if hasattr(o,'__await__') else '', o.__aiter__() is o if hasattr(o,'__aiter__') else iter(o) is o, sys.getsizeof(o))
    try: t()
    except TypeError as e: print(e)
print(type(a)[int], gc.get_referents(a)[:2])
try: a.ag_running=3
except AttributeError as e: print(e)
a.__name__='zz'; print(a.__name__, a.__qualname__)
async def deleg():
    class T:
        def __await__(s): return s
        def __iter__(s): return s
        def __next__(s): return 5
        def throw(s, *a): print('throw', a); raise StopIteration(9)
        def close(s): print('closed')
    print('r', await T()); yield 1; print('r', await T()); yield 2
a = deleg(); n=a.__anext__(); print(step(n)); print(thr(n, GeneratorExit)); 
a = deleg(); n=a.__anext__(); print(step(n)); print(thr(n, KeyError)); print(step(a.__anext__())); print(thr(n, KeyError))
a = deleg(); n=a.__anext__(); print(step(n)); n.close(); c = a.aclose(); print(step(c))
a = deleg(); n=a.__anext__(); print(step(n)); del n, a; gc.collect()
