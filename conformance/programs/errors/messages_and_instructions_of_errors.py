def a(x):
    return b(x) + 1
def b(x):
    if x == 0:
        raise ValueError("zero") from KeyError("k")
    return b(x - 1)
def tryit(f):
    import sys
    try: f()
    except BaseException as e:
        tb = e.__traceback__
        out = []
        while tb: out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lasti)); tb = tb.tb_next
        print(type(e).__name__, e.args, out, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
tryit(lambda: a(2))
tryit(lambda: 1/0)
tryit(lambda: {}['x'])
tryit(lambda: [][1])
tryit(lambda: None.x)
tryit(lambda: undefined)
tryit(lambda: int('x'))
tryit(lambda: 'a' + 1)
tryit(lambda: 1 + 'a')
tryit(lambda: [1] + (2,))
tryit(lambda: len(1))
tryit(lambda: iter(1))
tryit(lambda: a())
tryit(lambda: a(1,2))
tryit(lambda: a(y=1))
tryit(lambda: (lambda *, k, j: 1)())
tryit(lambda: (lambda p, /: 1)(p=1))
tryit(lambda: (lambda a, b, c: 1)())
tryit(lambda: (lambda a, b=1: 1)(1,2,3))
tryit(lambda: (lambda a: 1)(1, a=2))
tryit(lambda: print(1, foo=2))
tryit(lambda: a(**{1:2}))
tryit(lambda: a(*1))
tryit(lambda: a(**1))
tryit(lambda: a(x=1, **{'x':2}))
def u(n, v):
    if n == 1: x, y = v
    if n == 2: x, *y, z = v
    if n == 3: x, y, z = v
tryit(lambda: u(1,[1]))
tryit(lambda: u(1,[1,2,3]))
tryit(lambda: u(2,[1]))
tryit(lambda: u(3,(1,2)))
tryit(lambda: u(3,iter([1,2,3,4])))
tryit(lambda: u(1, 5))
tryit(lambda: u(1, {1:2}))
def lu():
    print(zz)
    zz = 1
tryit(lu)
def fv():
    def inner(): return w
    inner()
    w = 1
tryit(fv)
def dl():
    q = 1
    del q
    del q
tryit(dl)
class C:
    __slots__ = ('s',)
tryit(lambda: C().s)
tryit(lambda: setattr(C(), 'q', 1))
tryit(lambda: delattr(C(), 's'))
tryit(lambda: C() < C())
tryit(lambda: C() + 1)
tryit(lambda: -C())
tryit(lambda: C()())
tryit(lambda: C()[0])
tryit(lambda: C(1))
tryit(lambda: object(1))
tryit(lambda: hash([]))
tryit(lambda: {[]: 1})
tryit(lambda: {1,[]})
tryit(lambda: next(iter([])))
tryit(lambda: 'abc'[10])
tryit(lambda: 'abc'['x'])
tryit(lambda: [1]['x'])
tryit(lambda: (1,)[5])
tryit(lambda: [].pop())
tryit(lambda: [1].remove(2))
tryit(lambda: [1].index(2))
tryit(lambda: {}.popitem())
tryit(lambda: set().pop())
tryit(lambda: {1}.remove(2))
tryit(lambda: range(1,2,0))
tryit(lambda: [1,2][::0])
tryit(lambda: isinstance(1, 1))
tryit(lambda: issubclass(1, int))
tryit(lambda: chr(-1))
tryit(lambda: ord('ab'))
tryit(lambda: '%d' % 'x')
tryit(lambda: '%s %s' % 1)
tryit(lambda: '%s' % (1,2))
tryit(lambda: '{} {}'.format(1))
tryit(lambda: '{a}'.format(b=1))
tryit(lambda: format(1, 'zz'))
tryit(lambda: format('a', 'd'))
tryit(lambda: int(None))
tryit(lambda: float('x'))
tryit(lambda: 2 ** -1 / 0)
tryit(lambda: 1 % 0)
tryit(lambda: 1 // 0)
tryit(lambda: 1.0 / 0)
tryit(lambda: divmod(1, 0))
tryit(lambda: 1 << -1)
tryit(lambda: max([]))
tryit(lambda: sum(['a']))
tryit(lambda: sorted([1, 'a']))
tryit(lambda: getattr(1, 'foo'))
tryit(lambda: type('X', (1,), {}))
tryit(lambda: type('X', (int, str), {}))
tryit(lambda: type('X', (bool,), {}))
tryit(lambda: super().x)
tryit(lambda: exec("raise X"))
tryit(lambda: eval("1 +"))
tryit(lambda: __import__('nonexistent_mod'))
def reraise():
    try: 1/0
    except ZeroDivisionError:
        try: [][0]
        except IndexError: raise
tryit(reraise)
def chain():
    try: 1/0
    except ZeroDivisionError as e: raise RuntimeError("r") from None
tryit(chain)
def bad(): raise 1
tryit(bad)
def bad2(): raise ValueError from 3
tryit(bad2)
def bad3(): raise
tryit(bad3)
def bad4():
    try: raise ValueError
    except 5: pass
tryit(bad4)
def bad5():
    with 5: pass
tryit(bad5)
def bad6():
    for x in 5: pass
tryit(bad6)
def bad7():
    async def f(): await 5
    f().send(None)
tryit(bad7)
def gen():
    yield 1
    raise StopIteration("x")
tryit(lambda: list(gen()))
def gen2():
    g2.send(None)
    yield
g2 = gen2()
tryit(lambda: next(g2))
def gen3(): yield
tryit(lambda: gen3().send(5))
class M: __match_args__ = 5
def mm():
    match M():
        case M(1): pass
tryit(mm)
