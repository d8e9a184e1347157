# expect: any
import ctypes

for address in (0, 8, 64, -8, 2**32, 2**40, 2**63, id([]) + 4):
    try:
        ctypes.c_long.from_address(address).value, ctypes.string_at(address, 16)
    except (ValueError, OSError, OverflowError, MemoryError):
        pass
