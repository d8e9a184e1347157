import gc
import sys


def mk(n):

    def inner():
        yield 1

    def guarded():
        try:
            yield 1
        finally:
            pass
    return (inner if n else guarded)()


for n in (1, 0):
    g = mk(n)
    print([type(x).__name__ for x in gc.get_referents(g)])
    next(g)
    print([type(x).__name__ for x in gc.get_referents(g)])
    g.close()
    print([type(x).__name__ for x in gc.get_referents(g)])
    g = mk(n)
    g.close()
    print([type(x).__name__ for x in gc.get_referents(g)])
    g = mk(n)
    list(g)
    print([type(x).__name__ for x in gc.get_referents(g)])
    g = mk(n)
    try:
        g.throw(ValueError)
    except:
        pass
    print([type(x).__name__ for x in gc.get_referents(g)])
    for started in (0, 1):
        g = [mk(n)]
        if started:
            next(g[0])
        g.append(g)
        g = None
        print(gc.collect())
