import ctypes


class P:
    pass


def count(address):
    return ctypes.c_ssize_t.from_address(address).value


n = 2**40 + 7
print(ctypes.c_ssize_t.from_address(id(n) + 16).value, [ctypes.c_uint32.from_address(id(n) + 24 + 4 * i).value for i in range(2)])
m = -5000
print(ctypes.c_ssize_t.from_address(id(m) + 16).value, ctypes.c_uint32.from_address(id(m) + 24).value)
s = "hello"
print(ctypes.c_ssize_t.from_address(id(s) + 16).value, ctypes.string_at(id(s) + 40, 5), ctypes.string_at(id(s) + 40))
print(bytes((ctypes.c_char * 6).from_address(id(s) + 40)), ctypes.c_ssize_t.from_address(id(s) + 24).value == hash(s))
b = b"world"
print(ctypes.c_ssize_t.from_address(id(b) + 16).value, bytes((ctypes.c_char * 6).from_address(id(b) + 32)))
x = [1, P, s]
items = ctypes.c_void_p.from_address(id(x) + 24).value
print([ctypes.c_void_p.from_address(items + 8 * i).value == id(x[i]) for i in range(3)])
t = (int, str, bytes, 7)
print([ctypes.c_size_t.from_address(id(t) + 24 + 8 * i).value == id(t[i]) for i in range(4)])
p = P()
array = (ctypes.py_object * 3)(p, p, None)
print(count(id(p)))
array[0] = None
print("None does not drop what was kept", count(id(p)))
array[0] = 5
print(count(id(p)))
del array
print(count(id(p)))
o = ctypes.py_object(p)
o.value = None
print(count(id(p)))
o.value = 1
print(count(id(p)))
