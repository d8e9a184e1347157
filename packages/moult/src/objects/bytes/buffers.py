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
