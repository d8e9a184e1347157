import ctypes
import gc
import weakref

a = ctypes.c_char * 6
print(a is ctypes.c_char * 6, a is ctypes.c_char * 7, a is ctypes.c_byte * 6, a.__name__)
print((ctypes.c_int * 2 * 3) is (ctypes.c_int * 2 * 3), (ctypes.c_int * 2 * 3)._type_ is ctypes.c_int * 2)


class Mine(ctypes.Array):
    _type_ = ctypes.c_char
    _length_ = 6


print(Mine is ctypes.c_char * 6, type(a()) is type((ctypes.c_char * 6)()))
dead = weakref.ref(a)
del a
gc.collect()
print(dead())
b = ctypes.c_char * 6
print(b is ctypes.c_char * 6)
