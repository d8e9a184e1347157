"""Data in the heap by address, and values of C types."""
import ctypes
import sys

x = []
count = ctypes.c_long.from_address(id(x))
print(count.value, ctypes.c_int.from_address(id(x)).value, ctypes.c_ubyte.from_address(id(x)).value)
y = x
print(count.value, sys.getrefcount(x))
count.value += 1
print(sys.getrefcount(x))
count.value -= 1
print(sys.getrefcount(x), ctypes.c_long.from_address(id(None)).value)
print(ctypes.cast(id(x), ctypes.py_object).value is x, ctypes.py_object(x).value is x)
print(ctypes.c_int(2**31).value, ctypes.c_ubyte(-1).value, ctypes.c_bool(5).value, ctypes.c_double(1.5).value)
print(ctypes.c_char(b"a").value, ctypes.c_void_p(0).value, ctypes.c_void_p(5).value, ctypes.c_longlong is ctypes.c_long)
print(ctypes.c_long(5), ctypes.py_object(3), ctypes.py_object(), bool(ctypes.c_int(0)))
print([ctypes.sizeof(t) for t in (ctypes.c_byte, ctypes.c_short, ctypes.c_int, ctypes.c_long, ctypes.c_void_p)])
for f in (lambda: ctypes.c_long("a"), lambda: ctypes.c_long.from_address("x"), lambda: ctypes.c_long(1, 2),
          lambda: ctypes.sizeof(3), lambda: ctypes.addressof(3), lambda: ctypes.c_double("x"),
          lambda: ctypes.py_object().value, lambda: ctypes.c_char("a"), lambda: ctypes.cast(3, int)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
increment = ctypes.pythonapi.Py_IncRef
increment.argtypes = [ctypes.py_object]
increment.restype = None
before = sys.getrefcount(x)
increment(x)
print(sys.getrefcount(x) - before)
ctypes.pythonapi.Py_DecRef(ctypes.py_object(x))
print(sys.getrefcount(x) - before)
