import gc
import sys
import weakref

data = bytearray(b"abcdef")
base = sys.getrefcount(data)


def n():
    return sys.getrefcount(data) - base


view = memoryview(data)
print("one view", n())
part, again, cast, frozen = view[1:3], memoryview(view), view.cast("b"), view.toreadonly()
print("views of it", n(), [v.obj is data for v in (part, again, cast, frozen)])
print("a view of its own", [memoryview(data) and n()], n())
print(type(gc.get_referents(view)[0]).__name__, gc.get_referents(view) == gc.get_referents(part))
print([type(r).__name__ for r in gc.get_referrers(data)])
print(sys.getsizeof(gc.get_referents(view)[0]), gc.is_tracked(gc.get_referents(view)[0]))
view.release()
print("released one", n(), bytes(part))
try:
    data.append(1)
except BufferError as error:
    print(error)
for v in (part, again, cast, frozen):
    v.release()
print("released all", n(), gc.get_referents(view)[0] is gc.get_referents(part)[0])
data.append(1)
view = part = again = cast = frozen = v = None


class Source:
    def __init__(self):
        self.data = bytearray(4)

    def __buffer__(self, flags):
        return memoryview(self.data)

    def __release_buffer__(self, view):
        print("given back", len(view))


s = Source()
m = memoryview(s)
tail = m[2:]
m.release()
print("a slice is left")
tail.release()
gc.collect()
gc.disable()
before = gc.get_count()[0]
m = memoryview(b"x")
print("allocations", gc.get_count()[0] - before)
holder = bytearray(3)


class Holding(bytearray):
    pass


h = Holding(b"abc")
h.view = memoryview(h)
dead = weakref.ref(h)
del h
print(gc.collect(), dead())
