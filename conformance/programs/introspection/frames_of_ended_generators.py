"""The frame of a generator that ends while somebody holds it has the frame of whoever resumed it as its `f_back`."""
import gc
import sys


def raises():
    raise KeyError
    yield


def suspended():
    yield 1


def frames():
    frame = sys._getframe()
    yield frame
    yield frame


async def awaited():
    raise KeyError


async def awaits():
    await awaited()


def name(frame):
    return frame and frame.f_code.co_name


def callers(error):
    tb = error.__traceback__.tb_next
    while tb is not None:
        yield name(tb.tb_frame.f_back)
        tb = tb.tb_next


def loops():
    for x in raises():
        pass


def throws():
    g = suspended()
    next(g)
    g.throw(KeyError)


def test():
    for end in (lambda: next(raises()), loops, lambda: list(raises()), throws, lambda: awaits().send(None)):
        try:
            end()
        except KeyError as error:
            print(*callers(error))
    g = frames()
    frame = next(g)
    print(name(frame.f_back))
    next(g)
    print(name(frame.f_back))
    for x in g:
        pass
    print(name(frame.f_back))


test()
gc.disable()
gc.freeze()
gc.collect()
g = suspended()
next(g)
g = None
count = gc.get_count()[0]
print(count)
