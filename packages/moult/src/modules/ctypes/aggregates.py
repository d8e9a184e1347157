"""Structures, unions and arrays of C types."""
import ctypes, sys
print(sys.getsizeof(ctypes.c_long()), ctypes.Structure.__basicsize__, ctypes.Array.__basicsize__)
class P(ctypes.Structure): _fields_=[('a',ctypes.c_byte),('b',ctypes.c_long),('c',ctypes.c_short)]
print(sys.getsizeof(P()), P.a, P.b, P.c, ctypes.sizeof(P), ctypes.alignment(P), P.__mro__, type(P), type(P).__mro__)
A=ctypes.c_int*3
print(A, A.__mro__, type(A), A._type_, A._length_, sys.getsizeof(A()), list(A(1,2)), len(A()))
class E(ctypes.Structure): pass
print(ctypes.sizeof(E), sys.getsizeof(E()))
e=E(); ctypes.resize(e, 40); print(ctypes.sizeof(e), memoryview(e).nbytes, memoryview(e).format, memoryview(e).shape, sys.getsizeof(e))
print(memoryview(A()).format, memoryview(A()).shape, memoryview(ctypes.c_double()).format, memoryview(ctypes.c_long(3)).readonly)
try: ctypes.resize(ctypes.c_long(), 2)
except Exception as x: print(type(x).__name__, x)
p=P(1,2,c=3); print(p.a,p.b,p.c, bytes(p)); p.b=-1; print(bytes(p), p.b)
for f in (lambda: P(1,2,3,4), lambda: P(1,a=2), lambda: setattr(p,'a','x'), lambda: A(1,2,3,4), lambda: A()[3], lambda: A().__setitem__(0,'x'), lambda: ctypes.c_int*-1, lambda: ctypes.c_int*'a', lambda: ctypes.resize(3,4)):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
class Q(ctypes.Structure): _fields_=[('p',P),('arr',A),('o',ctypes.py_object)]
q=Q(); q.p.b=7; q.arr[1]=5; print(q.p.b, list(q.arr), ctypes.sizeof(Q), q.p is q.p); q.arr=A(4,5,6); print(q.arr[:], q.arr[::-1])
try: q.o
except Exception as x: print(type(x).__name__, x)
q.o=[1]; print(q.o)
class O(ctypes.Structure): _fields_=[('refcnt',ctypes.c_ssize_t),('type',ctypes.py_object)]
x=[]; o=O.from_address(id(x)); print(o.refcnt, o.type); y=x; print(o.refcnt)
class L(O): _fields_=[('size',ctypes.c_ssize_t)]
l=L.from_address(id([1,2,3]));
z=[1,2,3]; l=L.from_address(id(z)); print(l.size, ctypes.sizeof(L), L.size)
class Late(ctypes.Structure): pass
Late._fields_=[('x',ctypes.c_int)]; print(Late(5).x, ctypes.sizeof(Late))
try: Late._fields_=[('y',ctypes.c_int)]
except Exception as x: print(type(x).__name__, x)
class U(ctypes.Union): _fields_=[('i',ctypes.c_int),('b',ctypes.c_byte*4)]
u=U(i=0x01020304); print(list(u.b), ctypes.sizeof(U))
s=(ctypes.c_char*5)(); s.value=b'abc'; print(s.value, s.raw, s[0]); print(ctypes.create_string_buffer(b'xy').raw)
print(bytes(ctypes.c_double(0.6)), A.from_buffer_copy(bytes(range(12)))[:])
ba=bytearray(8); c=ctypes.c_int.from_buffer(ba); c.value=258; print(ba)
print(ctypes.Array[int], ctypes.LibraryLoader[int])
