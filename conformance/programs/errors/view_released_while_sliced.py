# A memoryview that is released while a slice of it is asked for its indices: the slice keeps the bytes.
class MyIndex:
    def __index__(self):
        m.release()
        return 4
m = memoryview(bytearray(b'\xff'*128))
print(list(m[:MyIndex()]))
m = memoryview(bytearray(b'\xff'*128))
print(list(m[MyIndex():8]))
m = memoryview(bytearray(b'\xff'*128))
try: m[:MyIndex()] = b'abcd'
except ValueError as e: print(e)
