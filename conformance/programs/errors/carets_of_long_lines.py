def a():
    x = [1, 2, 3]
    y = {'k': [x]}
    return (y['k'][0][1] + y['k'][0][2]) * y['k'][0][3] + len(x)
def b(z): return z.attr.other(1, 2)[3]
import sys
for fn in (a, lambda: b(None), lambda: 1 + (2 * "x" - 3), lambda: f"{undefined!r}", lambda: [1, 2](3), lambda: "é" + 1, lambda: print("日本", 1 / 0)):
    try: fn()
    except Exception as e:
        sys.excepthook(type(e), e, e.__traceback__)
a()
