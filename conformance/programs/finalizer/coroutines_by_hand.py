import gc
import sys
import weakref


class N:

    def __init__(s, n):
        s.n = n

    def __del__(s):
        print('  del', s.n)


class Aw:

    def __init__(s, v):
        s.v = v

    def __await__(s):
        x = N('aw')
        r = (yield s.v)
        return r


async def co(n):
    x = N(n)
    r = await Aw(n)
    print('resumed', r)
    async with CM() as c:
        pass
    async for i in ag():
        print('i', i)
    return r


class CM:

    async def __aenter__(s):
        print('aenter')
        return s

    async def __aexit__(s, *a):
        print('aexit', a[0])


async def ag():
    y = N('ag')
    try:
        yield 1
        await Aw('inner')
        yield 2
    finally:
        print('ag fin')


def run(c, *vals):
    out = []
    try:
        out.append(c.send(None))
        for v in vals:
            out.append(c.send(v))
    except StopIteration as e:
        out.append(('ret', e.value))
    return out


print(run(co('a'), 'x', None))
c = co('b')
print(c.send(None), c.cr_running, c.cr_await is not None, sys.getrefcount(c))
c.close()
print('closed', c.cr_frame)
c = co('c')
c.send(None)
del c
print('dropped')
c = co('d')
c.send(None)
try:
    c.throw(ValueError('t'))
except ValueError as e:
    print('thrown', e)
del c
g = ag()
a = g.asend(None)
try:
    a.send(None)
except StopIteration as e:
    print('yield', e.value)
del a
print(g.ag_frame is not None)
try:
    g.aclose().send(None)
except StopIteration:
    print('aclosed')
del g
g = ag()
try:
    g.__anext__().send(None)
except StopIteration:
    pass
del g
print('ag dropped', gc.collect())
g = ag()
try:
    g.athrow(ValueError(1)).send(None)
except ValueError as e:
    print('athrow', e)


async def comp():
    return ([x async for x in ag2()], {x: 1 async for x in ag2()}, [await Aw2() for _ in range(2)])


async def ag2():
    yield 1
    yield 2


class Aw2:

    def __await__(s):
        return 5
        yield


print(run(comp()))


async def outer():
    try:
        await co('e')
    except GeneratorExit:
        print('GE')
        raise
    finally:
        print('outer fin')


o = outer()
o.send(None)
del o
print('end')
import types


@types.coroutine
def tc():
    yield 'tc'


async def use():
    await tc()
    return 3


print(run(use(), None))
u = use()
u.send(None)
try:
    u.send(None)
except StopIteration as e:
    print(e.value)
try:
    u.send(None)
except RuntimeError as e:
    print(e)
r = weakref.ref(u)
del u
print(r())


def g1():
    x = N('g1')
    try:
        v = (yield from g2())
        print('got', v)
    except ValueError as e:
        print('caught', e)
        yield 'rec'


def g2():
    y = N('g2')
    yield 1
    return 'ret'


g = g1()
print(next(g), g.gi_yieldfrom is not None, list(g))
g = g1()
next(g)
print(g.throw(ValueError('z')))
del g
print('done')


def lazy():
    with open('/dev/null') as f:
        yield f


g = lazy()
f = next(g)
del g
print(f.closed)
print(gc.collect())


async def never():
    pass
