# expect: any
import ctypes

for address in (id([]) + 8, id({}) + 16, 4096, 2**33):
    value = ctypes.cast(address, ctypes.py_object).value
    repr(value)
