def t(f):
    try: print(ascii(f), '->', ascii(eval(f)))
    except Exception as e: print(ascii(f),'!!',type(e).__name__,e)
import sys
for f in ["'%5%'%(1,)","'%5%'%(1,2)","'%-%'%()","'%%'%()","'a%%b'%()","b'%5%'%()","bytes.__basicsize__,bytes.__itemsize__","bytearray.__basicsize__","bytearray().__sizeof__(),bytearray(3).__sizeof__(),bytearray(b'abc').__sizeof__(),bytearray([1,2,3]).__sizeof__(),bytearray(iter([1,2,3])).__sizeof__()","type(iter(b'')).__basicsize__,type(iter(bytearray())).__basicsize__",
"bytes(1,2,3,4)","bytes('a')","bytes('a',1)","bytes(b'a','x')","bytes(1,'x')","bytes(encoding='x')","bytes(source=b'a')","bytes(-1)","bytes(10**30)","bytes([256])","bytes(['a'])","bytes(1.5)","bytes(errors='x')","bytes('a',errors='strict')","bytes(object())","bytes(x=1)","bytearray('a')","bytearray(1.5)","bytearray([256])","bytearray(-1)","bytearray(b'a','x')","bytearray(encoding='x')","bytearray([1]).append(256)","bytearray([1]).append('a')","bytearray([1]).remove(5)","bytearray().pop()","bytearray([1]).pop(5)","bytearray([1]).insert('a',1)","bytearray([1]).extend('a')","bytearray([1]).extend(1)","bytearray([1])[5]","bytearray([1])['a']","b'a'[5]","300 in b'a'","'a' in b'a'","b'a'+1","1 in bytearray(b'a')","bytearray()+1","b'a'.find('a')","b'a'.find(300)","b'a'.find()","b'a'.index(b'z')","bytearray(b'a').rindex(b'z')","b'a'.startswith('a')","b'a'.startswith(('a',))","bytearray(b'a').endswith(1)","b'a'.join([1])","b'a'.join(1)","bytearray().join([1])","bytearray().join(1)","b'a'.split('a')","b'a'.split(b'')","b'a'.partition('a')","b'a'.partition(b'')","b'a'.strip('a')","b'a'.replace('a','b')","b'a'.replace(b'a',1)","b'a'.center(5,'x')","b'a'.center(5,b'xx')","b'a'.ljust(5,b'x')","b'a'.center(5,bytearray(b'x'))","b'a'.translate('a')","b'a'.translate(b'a')","b'a'.translate(None,b'a')","b'a'.translate(None,delete=b'a')","bytes.maketrans(b'a',b'bc')","bytes.maketrans(1,2)","bytes.fromhex('zz')","bytes.fromhex('a')","bytes.fromhex(1)","bytes.fromhex('ab cd')","bytes.fromhex('abc d')","b'ab'.hex(':')","b'abcd'.hex(':',2)","b'abcd'.hex(':',-3)","b'ab'.hex('xx')","b'ab'.hex(1)","b'ab'.hex('\xe9')","b'a'.removeprefix('a')","b'a'.expandtabs('a')","b'a'.decode(1)","b'\\xff'.decode()","b'a'.decode('zz')","b'a'*-1","b'a'*2**62","b'a'<'a'","b'a'==bytearray(b'a'), bytearray(b'a')==b'a', bytearray(b'a')<b'b'","hash(bytearray())","b'%s'%b'a', b'%d'%3, b'%a'%'x',b'%c'%97,b'%b'%b'x',b'%r'%1","b'%s'%'a'","b'%c'%300","b'%c'%b'ab'","b'%d'%'a'","b'%x'%1.5","b'%f'%'a'","b'%(a)s'%{b'a':b'x'}","b'%z'%1","b''%1","b'%s'%()","repr(bytearray(b'a'))","repr(type('B',(bytearray,),{})(b'a'))","bytearray(b'abc').__reduce__()","bytearray(b'abc').__reduce_ex__(3)","bytearray(b'abc').__alloc__()","b'abc'.__getnewargs__()","b'abc'.__bytes__()","str(b'a')","b'abc'.splitlines(True)","b'a'.zfill(5)","iter(b'ab').__reduce__()","iter(bytearray(b'ab')).__reduce__()","type(iter(b'')),type(iter(bytearray()))","bytearray(b'abc').copy()","bytearray.fromhex('ab')"]: t(f)
class S(str): pass
class B(bytes): pass
class F(float): pass
class C(complex): pass
class BA(bytearray): pass
class I(int): pass
for c,v in ((S,'abc'),(S,'h\xe9'),(B,b'abc'),(F,1.5),(C,1j),(BA,b'xyz'),(I,5),(I,2**40),(I,-2**100),(I,0)):
    x=c(v); x.foo=3
    print(type(x).__name__, x==v, repr(x), x.foo, isinstance(x,c)); l=[c(v) for i in range(100)]
    del x,l
b=bytearray(b'hello world')
b[0:5]=b'HI'; print(b); del b[::2]; print(b); b[1:1]=b'zzzz'; print(b); b+=b'!!'; b*=2; print(b, b.__alloc__()); b.extend([1,2]); b.reverse(); print(b); b[::3]=b'ABCDEFGHIJ'[:len(b[::3])]; print(b)
sizes=[]
b=bytearray()
for i in range(100): b.append(i); sizes.append(b.__alloc__())
print(sizes)
for i in range(90): b.pop(0); sizes.append(b.__alloc__())
print(sizes[100:])
for i in range(9): del b[0]; sizes.append(b.__alloc__())
print(sizes[190:], b)
b=bytearray(range(50)); del b[:30]; print(b.__alloc__()); b+=b'x'; print(b.__alloc__(), b)
try: b[1:3:1]='a'
except Exception as e: print(type(e),e)
try: b[::2]=b'a'
except Exception as e: print(type(e),e)
try: b[0]='a'
except Exception as e: print(type(e),e)
try: b[100]=1
except Exception as e: print(type(e),e)
try: b[0]=300
except Exception as e: print(type(e),e)
try: b[:]=5
except Exception as e: print(type(e),e)
b[:]=[1,2,3]; print(b)
print(list(b), b'abc'[::-1], bytes(b'abc')[1:], b'x'.join([b'a',bytearray(b'b')]), bytearray(b',').join([b'1',b'2']))
print('{:x^10}|{!r:>8}|{0}'.format('a',2) if 0 else '{:x^10}|{!r:>8}'.format('a',2), '{0.real} {1[0]} {a}'.format(3,[4],a='z'))
print(f"{3.14159:.2f} {'x':>4} {10:#x} {1e10:g} {1234567:,} {0.1:%} {True} {None}")
print('a,b,,c'.split(','), ' a b  c '.split(), 'a-b-c'.rsplit('-',1), 'x\ny\r\nz'.splitlines(), 'abc'.partition('b'))
print('h\u00e9llo \U0001f600 w'[6], '\U0001f600abc'[1:3], len('\U0001f600'), '\U0001f600abc'[::-1]=='cba\U0001f600', 'abc\U0001f600'.find('\U0001f600'), 'x\U0001f600y'.index('y'))
print('abc'.translate({97:'X',98:None}), 'abc'.translate(str.maketrans('ab','xy')), str.maketrans('a','b','c'))
for i in 'ab\u1234\U0001f600': print(ascii(i), end=' ')
print()
print('%s %r %a %5.2f %-5d| %+d %x %o %c %% %e' % ('s','r','\xe9',3.14159,42,5,255,8,'c',12345.678))
print('%(x)s-%(y)05d' % {'x':1,'y':2})

import sys, gc
def t(f):
    try: print(ascii(f), '->', ascii(eval(f)))
    except Exception as e: print(ascii(f),'!!',type(e).__name__,e)
for f in ["memoryview(1)","memoryview()","memoryview(b'ab')[5]","memoryview(b'ab')['a']","memoryview(b'abcd').cast('i')[0]","memoryview(b'abcde').cast('i')","memoryview(b'abcd').cast('zz')","memoryview(b'abcd').cast('B',[2,2]).tolist()","memoryview(b'abcd').cast('B',[3,2])","memoryview(b'ab').format,memoryview(b'ab').itemsize,memoryview(b'ab').shape,memoryview(b'ab').strides,memoryview(b'ab').suboffsets,memoryview(b'ab').readonly,memoryview(b'ab').ndim,memoryview(b'ab').nbytes,memoryview(b'ab').contiguous,memoryview(b'ab').c_contiguous,memoryview(b'ab').obj","hash(memoryview(b'ab'))==hash(b'ab')","hash(memoryview(bytearray()))","memoryview(b'ab')<memoryview(b'b')","memoryview(b'ab')==b'ab', b'ab'==memoryview(b'ab')","memoryview(b'abcd')[::2].tolist()","memoryview(b'abcd')[::2].tobytes()","memoryview(b'abcd')[::-1].hex()","len(memoryview(b'abcd').cast('H'))","list(memoryview(b'abc'))","bytes(memoryview(b'abc')[1:])","memoryview(object=b'a').tolist()","b'a'+memoryview(b'b')","memoryview.__basicsize__,memoryview.__itemsize__", "memoryview(b'abcd').cast('B',[2,2])[1,1]","memoryview(b'abcd').cast('B',[2,2])[1]","1 in memoryview(b'\\x01')","memoryview(b'a')[0:0].tolist()","memoryview(b'12345678').cast('d')[0]","memoryview(b'12345678').cast('q')[0]","memoryview(b'1').cast('c')[0]","memoryview(b'1').cast('?')[0]","int.from_bytes(memoryview(b'ab'),'big')","str(memoryview(b'ab'),'ascii')"]: t(f)
b=bytearray(b'hello'); m=memoryview(b)
m[0]=72; print(b); m[1:3]=b'XY'; print(b)
for s in ("m[0]=300","m[0]='a'","m[0:2]=b'a'","del m[0]","b.append(1)","b.clear()","memoryview(b'a')[0]=1","m[9]=1"):
    try: exec(s); print('ok',s)
    except Exception as e: print(s,type(e).__name__,e)
m2=m[1:]; m.release()
try: b.append(1)
except Exception as e: print(e)
try: m[0]
except Exception as e: print(type(e),e)
del m2; b.append(1); print(b)
with memoryview(b) as m: print(m.tolist())
print(repr(m)[:17])
class X(bytearray): pass
x=X(b'abc'); x.m=memoryview(x); 
import weakref; r=weakref.ref(x.m); del x; gc.collect(); print(r())

# What subclasses have goes along; __bytes__ of a str; a bytearray that is read while it is filled.
import copy


class Slotted(bytearray):
    __slots__ = ('x',)


class WithBytes(str):
    def __bytes__(self):
        return b'own'


s = Slotted(b'q')
s.x = 3
c = copy.copy(s)
print(c, c.x, bytearray(b'x').__reduce__(), s.__reduce__())
print(bytes(WithBytes('text')), bytes(WithBytes('text'), 'ascii'))
filled = bytearray()


def feed():
    for i in range(5):
        yield i
        print(filled, end=' ')


filled.__init__(feed())
print(filled)
for repeat in (lambda: 'a' * (2**63 - 41), lambda: b'a' * (2**63 - 41), lambda: 'ab' * 2**62, lambda: b'ab' * 2**62, lambda: bytearray(b'ab') * 2**62, lambda: 'ab' * 2**40):
    try:
        repeat()
    except (OverflowError, MemoryError) as e:
        print(type(e).__name__, e)

# Text that is read up to the first character that cannot be; nothing to decode.
for t in ('\u20ac_','_\u20ac','1_\u20ac','1\u20ac_','\u0661_\u0662j','1__2','\u20ac','_', '1_2_','\x00_', '1\x00_','\u20ac(1)'):
    try: print(complex(t))
    except Exception as e: print(ascii(str(e)))
    for g in (int,float):
        try: print(g(t))
        except Exception as e: print(ascii(str(e)))
for f in (lambda: b''.decode('nope'), lambda: b''.decode('utf-8','nope'), lambda: ''.encode('nope'), lambda: str(b'','nope'), lambda: bytearray().decode('nope'), lambda: str(memoryview(b''),'nope'), lambda: b'a'.decode('hex'), lambda: b''.decode('hex'), lambda: bytes('','nope')):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for t in ('\x7f_', '\x7f_\u03a3', '1\x7f_\u0661', '\u0661\x7f_', '1_1\u0661j'):
    try:
        print(complex(t))
    except ValueError as e:
        print(ascii(str(e)))
