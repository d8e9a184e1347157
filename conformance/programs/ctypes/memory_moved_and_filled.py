# memmove and memset: on buffers, arrays, numbers, and on the value of a float.
import ctypes

buffer = ctypes.create_string_buffer(b"0123456789", 16)
print(ctypes.memmove(buffer, b"abc", 3) == ctypes.addressof(buffer), buffer.raw)
other = ctypes.create_string_buffer(4)
ctypes.memmove(other, buffer, 4)
print(other.raw)
print(ctypes.memset(buffer, ord("x"), 5) == ctypes.addressof(buffer), buffer.raw)
ctypes.memset(buffer, 300, 2)
print(buffer.raw)

numbers = (ctypes.c_int * 4)(1, 2, 3, 4)
copy = (ctypes.c_int * 4)()
ctypes.memmove(copy, numbers, ctypes.sizeof(numbers))
print(list(copy))
ctypes.memset(copy, 0, 8)
print(list(copy))


# A float of its own: no constant of the code.
number = float("1.5")
ctypes.memmove(id(number) + 16, ctypes.byref(ctypes.c_double(2.75)), 8)
print(number)
ctypes.c_double.from_address(id(number) + 16).value = -0.5
print(number)
for wrong in (1.5, [1], ctypes.c_int(4)):
    try:
        ctypes.memset(wrong, 0, 1)
    except Exception as error:
        print(isinstance(error, (ctypes.ArgumentError, TypeError)))
