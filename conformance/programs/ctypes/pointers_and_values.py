import ctypes, sys
def rc(o): return ctypes.c_long.from_address(id(o)).value
def w(o, i): return ctypes.c_ssize_t.from_address(id(o) + 8 * i).value
a = []; print(rc(a), sys.getrefcount(a) - 1); b = a; print(rc(a)); l = [a, a]; print(rc(a)); del b; print(rc(a)); l.clear(); print(rc(a))
print(rc(None), rc(True), rc(1), rc(''), rc(()), rc('a'), rc(b''), rc(int), rc(Ellipsis), rc(257) > 0, rc(-5), rc(256))
print(w([1, 2, 3], 2), w((1, 2), 2), w('abc', 2), w({1: 2}, 2), w({1, 2}, 3), w(b'abc', 2))
x = object(); print(w(x, 1) == id(object)); t = (x,); print(w(t, 3) == id(x)); ll = [x]; p = w(ll, 3); print(ctypes.c_ssize_t.from_address(p).value == id(x), w(ll, 4))
class A: pass
o = A(); print(w(o, 1) == id(A), rc(o), rc(A) > 3)
print(ctypes.sizeof(ctypes.c_long), ctypes.sizeof(ctypes.c_int), ctypes.sizeof(ctypes.c_ssize_t), ctypes.sizeof(ctypes.c_char), ctypes.sizeof(ctypes.c_void_p), ctypes.sizeof(ctypes.c_double))
v = ctypes.c_long(5); print(v, v.value); v.value = 7; print(v, v.value, repr(ctypes.c_int(3)), ctypes.c_double(1.5), ctypes.c_char(b'a'), ctypes.c_bool(1))
n = 12345; print(ctypes.c_uint32.from_address(id(n) + 24).value)
print(ctypes.cast(id(x), ctypes.py_object).value is x)
c = ctypes.c_long.from_address(id(x)); before = c.value; y = x; print(c.value - before); del y; print(c.value - before)
try: ctypes.c_long('a')
except TypeError as e: print(e)
try: ctypes.c_long.from_address('a')
except TypeError as e: print(e)
import weakref
r = weakref.ref(o); print(rc(r), rc(o)); d = {'k': o}; print(rc(o)); del d; print(rc(o)); g = (i for i in [o]); print(rc(o)); del g; print(rc(o))
def fn(q): return rc(q)
print(fn(o), fn([]), (lambda q: rc(q))(o))
print(ctypes.py_object.from_address(id(t) + 24).value is x)
