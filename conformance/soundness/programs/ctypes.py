import ctypes


def test():
    x = ctypes.c_int(5)
    A = ctypes.c_int * 4

    class P(ctypes.Structure):
        _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_double), ("c", A)]

    class U(ctypes.Union):
        _fields_ = [("i", ctypes.c_int), ("b", ctypes.c_ubyte * 4)]

    p = P(1, 2.5, A(1, 2, 3, 4))
    p.c[2] = 7
    u = U(0x01020304)
    assert list(p.c) and list(u.b) and bytes(p) and repr(x) and ctypes.sizeof(P) and ctypes.addressof(x) and P.b.offset and repr(P.a)
    o = [1]
    assert ctypes.c_long.from_address(id(o)).value >= 1 and ctypes.string_at(id(o), 8) and ctypes.cast(id(o), ctypes.py_object).value is o
    b = ctypes.create_string_buffer(b"hello", 10)
    b[0] = b"H"
    assert b.value and b.raw and ctypes.c_char.from_buffer(bytearray(5)) is not None and P.from_buffer_copy(bytes(64)) is not None and memoryview(p).nbytes
    for bad in (lambda: ctypes.c_int("x"), lambda: p.c[9], lambda: A(1, 2, 3, 4, 5), lambda: P.from_buffer_copy(b"")):
        try:
            bad()
        except (TypeError, IndexError, ValueError, RuntimeError) as e:
            str(e)
