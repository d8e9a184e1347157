"""Closing generators that are suspended without a handler of their own: order of deaths, counts, frames, reuse of blocks."""
import gc
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        chain = []
        frame = sys._getframe(1)
        while frame is not None:
            chain.append(frame.f_code.co_name)
            frame = frame.f_back
        print(self.name, "dies", chain, sys.exc_info()[0])


def plain(n):
    first = Loud("first")
    second = Loud("second")
    for i in range(n):
        yield first, second, i


def nested(n):
    third = Loud("third")
    for item in plain(n):
        yield item


def delegating(n):
    fourth = Loud("fourth")
    yield from plain(n)


async def waits(n):
    fifth = Loud("fifth")
    await Suspend()


class Suspend:
    def __await__(self):
        yield 1


def handling():
    try:
        raise ValueError
    except ValueError:
        yield Loud("sixth")


def empty():
    yield


def ends(make):
    g = make(3)
    item = next(g)
    del item
    print("close", sys.getrefcount(g), g.close(), g.gi_frame, sys.getrefcount(g))
    g = make(3)
    next(g)
    print("drop")
    del g
    try:
        raise KeyError
    except KeyError:
        g = make(3)
        next(g)
        print("drop while handling")
        del g


for make in plain, nested, delegating:
    ends(make)

coroutine = waits(1)
print(coroutine.send(None))
del coroutine

g = handling()
next(g)
del g

gc.collect()
gc.set_threshold(40)
started = []
gc.callbacks.append(lambda phase, info: started.append((phase, info["generation"])))
for i in range(200):
    g = empty()
    next(g)
    del g
print(len(started))
gc.callbacks.clear()
gc.set_threshold(700)

held = []
for i in range(3):
    g = plain(1)
    next(g)
    del g
    held.append([object() for k in range(4)])
print(len(held))


def small():
    box = [1]
    pair = (box, [2])
    yield 1


a = [id(object()), id([]), id({}), id(())]
g = small()
next(g)
del g
b = [id(object()), id([]), id({}), id(())]
print([x == y for x, y in zip(a, b)])


def relay(depth):
    got = yield depth
    while depth:
        got = yield from relay(depth - 1)
        depth -= 1
    return got


g = relay(3)
print([g.send(None)] + [g.send(i) for i in range(7)])
try:
    g.throw(ZeroDivisionError)
except ZeroDivisionError as error:
    print(repr(error), error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_next.tb_lineno)
g = relay(2)
next(g)
try:
    g.send(5)
    g.send(6)
    print(g.gi_yieldfrom is not None, sys.getrefcount(g.gi_yieldfrom))
finally:
    g.close()
