import contextvars
import sys


class K:
    pass


k = K()
base = sys.getrefcount(k)


def n():
    return sys.getrefcount(k) - base


var = contextvars.ContextVar("var")
token = var.set(k)
print("set", n())
copies = [contextvars.copy_context() for _ in range(3)]
print("copied", n())
var.reset(token)
print("reset", n(), [c[var] is k for c in copies], var.get(None))
changed = copies[0].run(lambda: (var.set(1), n())[1])
print("changed one", changed, n(), copies[0][var], copies[1][var] is k)
again = copies[1].copy()
items = iter(again.items())
again.run(var.set, 2)
print(again[var], next(items)[1] is k, copies[1] == copies[2], again == copies[2])
del token, copies, again, items
print("dropped", n())
