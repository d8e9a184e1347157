"""Trace and profile functions: events, lines, jumps."""
import sys, warnings; warnings.simplefilter("ignore", RuntimeWarning)
def f():
    x = 1
    y = 2
    return x
def gen():
    a = 1
    yield a
    b = 2
def exc():
    try:
        1/0
    except ZeroDivisionError:
        pass
    z = 1
def attempt(kind, fn):
    def tr(frame, event, arg):
        if frame.f_code is not fn.__code__: return tr
        if event == kind:
            try:
                frame.f_lineno = fn.__code__.co_firstlineno + 2
                print(kind, 'ok')
            except Exception as e:
                print(kind, type(e).__name__, e)
            sys.settrace(None); frame.f_trace=None
        return tr
    sys.settrace(tr)
    try:
        r = fn()
        if fn is gen: list(r)
    finally:
        sys.settrace(None)
for k in 'call','line','return','exception':
    attempt(k, f); attempt(k, gen); attempt(k, exc)
try:
    sys._getframe().f_lineno = 3
except Exception as e: print(e)
for v in ('a', 1.0, True):
    try: sys._getframe().f_lineno = v
    except Exception as e: print(type(e), e)
try: del sys._getframe().f_lineno
except Exception as e: print(type(e), e)
# opcodes
def ops(fn):
    L=[]
    def tr(frame, event, arg):
        frame.f_trace_opcodes = True
        L.append((event, frame.f_lineno - fn.__code__.co_firstlineno, frame.f_lasti))
        return tr
    sys.settrace(tr); fn(); sys.settrace(None)
    print(L)
    L.clear()
    sys.settrace(tr); fn(); sys.settrace(None)
    print(L)
ops(f)
L=[]
def tr(frame, event, arg):
    L.append((event, frame.f_code.co_name, frame.f_lineno, frame.f_lasti, arg if event!='exception' else arg[0].__name__)); return tr
def show(v): return type(v).__name__ if 'object at' in repr(v) else repr(v)
def run(fn,*a):
    L.clear()
    sys.settrace(tr)
    try: fn(*a)
    except Exception as e: pass
    sys.settrace(None)
    for l in L: print(*l[:4], show(l[4]))
    print('--')
run(lambda: 1)
def w():
    i = 0
    while i < 2: i += 1
    for j in range(2): pass
    for k in (x for x in [1]): pass
    [y for y in [1,2]]
    while 1:
        i += 1
        if i > 4: break
run(w)
def g2():
    yield 1
    return 5
class It:
    def __init__(s): s.n=0
    def __iter__(s): return s
    def __next__(s):
        s.n+=1
        if s.n>2: raise StopIteration
        return s.n
def h():
    for x in It(): pass
    def inner():
        r = yield from g2()
    for x in inner(): pass
    g = g2(); next(g)
    try:
        g.throw(KeyError)
    except KeyError: pass
    list(It())
run(h)
def e1():
    try:
        try:
            raise ValueError
        finally:
            x = 1
    except ValueError as e:
        y = 1
    raise KeyError
run(e1)
P=[]
def prof(frame, event, arg):
    P.append((event, frame.f_code.co_name, frame.f_lineno, getattr(arg,'__name__',arg) ))
def runp(fn):
    P.clear(); sys.setprofile(prof)
    try: fn()
    except Exception: pass
    sys.setprofile(None)
    for l in P: print(l)
    print('--')
def p():
    len('a'); [].append(1); list.append([], 2); 'a'.join(['a']); int('3'); print('x', end='', sep=''); print(*['y'])
    sorted([2,1], key=lambda x: x)
    max([1], key=lambda v: -v)
    f(); list(g2()); sorted([2,1], reverse=True, **{'key': None})
    len(3)
runp(p)


def managed():
    with manager:
        pass


code = managed.__code__
print([(start, end, line and line - code.co_firstlineno) for start, end, line in code.co_lines()][-3:])
print([p for p in code.co_positions() if p[0] is None][:1])
