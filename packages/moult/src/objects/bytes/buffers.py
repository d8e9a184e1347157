"""Buffers given by methods of the program, and the memoryviews of built-in types."""
import sys, collections.abc
class X:
    def __init__(s): s.data=bytearray(b'hello'); s.n=0
    def __buffer__(s, flags):
        print('get', flags); s.n+=1
        return memoryview(s.data)
    def __release_buffer__(s, view):
        print('release', type(view).__name__); s.n-=1; view.release()
x=X()
m=memoryview(x); print(bytes(m), m.readonly, x.n)
m[0]=72; m.release(); print(x.n, x.data)
with memoryview(x) as m: print(m.tolist())
print(bytes(x), isinstance(x, collections.abc.Buffer), isinstance(b'', collections.abc.Buffer), isinstance(1, collections.abc.Buffer))
class Bad:
    def __buffer__(s, f): return 1
try: memoryview(Bad())
except TypeError as e: print(e)
b=bytearray(b'ab'); v=b.__buffer__(0); print(type(v), v.tolist(), v.obj is b); 
try: b.append(1)
except BufferError as e: print(e)
b.__release_buffer__(v); b.append(1); print(b)
for f in (lambda: b''.__buffer__(1), lambda: b'x'.__buffer__(2**40), lambda: b.__release_buffer__(memoryview(b'')), lambda: b.__release_buffer__(1), lambda: memoryview._from_flags(b'x', 1), lambda: bytes.__buffer__(b'xy', 0).tobytes(), lambda: memoryview(b'x').__buffer__(1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
it=iter(memoryview(b'abc')); print(type(it).__name__, next(it), list(it), list(it), sys.getsizeof(it))
print(sys.getsizeof(memoryview(b'abc')), sys.getsizeof(b'abc'), sys.getsizeof(type('B',(bytes,),{})(b'abc')))
class BB(bytearray):
    def __buffer__(self, flags): return super().__buffer__(flags)
print(memoryview(BB(b'q')).tolist())
del x
class Err:
    def __buffer__(s,f): return memoryview(b'zz')
    def __release_buffer__(s,v): raise ValueError('in release')
sys.unraisablehook=lambda a: print('unraisable', a.exc_value)
print(memoryview(Err()).tolist()); print(b'-'.join([memoryview(b'a'),b'b']), b'a'+memoryview(b'b'))

# Rows without items, casts in the order of their errors, Fortran order; angles too small to be.
b = bytearray(range(24))
for v in (memoryview(b)[0:0:2], memoryview(b)[3:3], memoryview(b)[::-1][:0], memoryview(b)[5:6:3], memoryview(b).cast('H')[2:2]):
    print(v.c_contiguous, v.f_contiguous, v.contiguous, v.shape, v.strides)
    for args in (('B',), ('h',), ('B', [0]), ('B', [2, 3])):
        try:
            print(v.cast(*args).shape)
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)
m = memoryview(b).cast('B', [2, 3, 4])
print(m.tobytes('F'), m.tobytes('A') == m.tobytes('C') == m.tobytes(None))
for f in (lambda: m[0], lambda: m.__setitem__(0, 1), lambda: m[0, 1], lambda: m.__setitem__((0, 1), 1), lambda: m.cast('B', [24]).shape, lambda: m.cast('B', [2, 12]), lambda: m.cast('H', 5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
import cmath
for z in (1e300+1e-300j, 1+1e-308j, -1+1e-320j, 1e300-1e-300j, 1+0j):
    try:
        print(cmath.phase(z), cmath.polar(z))
    except OverflowError as e:
        print(e)
