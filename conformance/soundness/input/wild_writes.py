# expect: any
import ctypes

keep = [[i] for i in range(1000)]
for i, item in enumerate(keep):
    for offset in range(-24, 40, 8):
        ctypes.c_long.from_address(id(item) + offset).value = 12345 * i
print(keep)
import gc

gc.collect()
keep.clear()
