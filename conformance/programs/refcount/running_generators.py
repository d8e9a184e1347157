"""Who holds a generator while it runs, and what it holds: whoever resumed it, and no reference besides."""
import gc
import itertools
import sys


def names(o):
    return [type(q).__name__ for q in gc.get_referents(o)]


def looks():
    print(sys.getrefcount(me), names(me))
    yield 1
    print(sys.getrefcount(me))


async def awaits():
    print(sys.getrefcount(me))


def handles():
    try:
        None.x
    except AttributeError:
        pass
    yield 1


me = looks()
next(me)
me.close()
for resume in (list, lambda g: g.send(None), lambda g: g.__next__(), lambda g: list(itertools.islice(g, 4)),
               lambda g: [x for x in g], lambda g: dict.fromkeys(g), lambda g: [*g], lambda g: max(g)):
    me = looks()
    resume(me)
me = awaits()
try:
    me.send(None)
except StopIteration:
    pass

me = handles()
print(names(me))
next(me)
print(names(me))
next(me, None)
print(names(me))


def cleared():
    try:
        next(part, None)
        next(part, None)
        print(sys.getrefcount(part))
        yield 1
    except RuntimeError as error:
        print(error)


part = itertools.chain(looks() for i in range(1))
me = next(part)
