"""Tables of dicts that were emptied or filled before they take in others."""
import gc
import sys

size = sys.getsizeof
for start in ({}, {"a": 1}, {1: 1}, {"a": 1, 2: 2}):
    for emptied in (False, True):
        for n in (1, 3, 6, 12, 30):
            strings = {f"k{i}": i for i in range(n)}
            dicts = []
            for step in (
                lambda d: d.update(**strings),
                lambda d: d.update(strings),
                lambda d: d.update(strings.items()),
                lambda d: d.update({}, **strings),
                lambda d: d.__ior__(strings),
                lambda d: d.__init__(**strings),
            ):
                d = dict(start)
                if emptied:
                    for key in list(d):
                        del d[key]
                step(d)
                dicts.append(size(d))
            print(start, emptied, n, *dicts)


class Watched:
    pass


w = Watched()
d = {}
d.update(a=w, b=w)
print(sys.getrefcount(w), list(d))
for value in (2**31, -(2**31) - 1, 2**63, 2**70, -(2**63) - 1):
    try:
        gc.set_threshold(value)
    except OverflowError as error:
        print(error)
