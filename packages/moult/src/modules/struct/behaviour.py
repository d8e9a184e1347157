import _struct as struct
def t(f):
    try: print(f, '->', repr(eval(f)))
    except Exception as e: print(f,'!!',type(e).__name__,e)
for f in ["struct.pack('<i',5)","struct.pack('>hHl',1,2,3)","struct.calcsize('bhilq')","struct.calcsize('<bhilq')","struct.calcsize('@bl0q')","struct.unpack('<iH',b'\\1\\0\\0\\0\\2\\0')","struct.pack('3s5p',b'abcd',b'xy')","struct.unpack('3s5p',b'abc\\2xy\\0\\0')","struct.pack('d',1.5)","struct.pack('<fe',1.5,0.1)","struct.unpack('<e',b'\\x66\\x2e')","struct.pack('?c',True,b'a')","struct.pack('B',300)","struct.pack('b',-200)","struct.pack('<Q',2**64)","struct.pack('>Q',2**64-1)","struct.pack('i','a')","struct.pack('i')","struct.pack('i',1,2)","struct.unpack('i',b'abc')","struct.pack('z',1)","struct.pack('c','a')","struct.pack('s','a')","struct.pack('f','a')","struct.pack('2x3b',1,2,3)","list(struct.iter_unpack('<H',b'\\1\\0\\2\\0'))","struct.unpack_from('<H',b'\\1\\0\\2\\0',2)","struct.unpack_from('<H',b'\\1',0)","struct.Struct('<ih').size","struct.Struct('<ih').format","struct.Struct('<ih').pack(1,2)","struct.Struct('<ih').unpack(b'123456')","struct.error","struct.pack('f',1e300)","struct.pack('e',1e10)","struct.pack('P',5)","struct.pack('<P',5)","struct.pack('5i',1,2)","struct.pack('0i')","struct.calcsize('i i')","struct.calcsize(b'<i')","struct.pack('<i',2**31)","struct.pack('h',70000)","struct.pack('H',-1)","struct.pack('n',-5)","struct.pack('b',1.5)","struct.calcsize('5')"]: t(f)
b=bytearray(8); struct.pack_into('<H',b,3,513); print(b)
try: struct.pack_into('<H',b,7,1)
except Exception as e: print(type(e).__name__,e)
try: struct.pack_into('<H',b'aa',0,1)
except Exception as e: print(type(e).__name__,e)

# Places beyond the buffer, formats that are none, sizes, iterators.
for f, a in [(struct.pack_into, ('<I', bytearray(10), -2, 1)), (struct.pack_into, ('<I', bytearray(10), 2**63 - 1, 1)),
             (struct.unpack_from, ('<I', bytearray(10), -2)), (struct.calcsize, ('2\0i',)), (struct.calcsize, (b'\0',)),
             (struct.calcsize, ('é',)), (struct.calcsize, (b'\xe9',)), (struct.calcsize, ('9223372036854775807i',)),
             (struct.calcsize, ('3000000000s',))]:
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)
print([struct.Struct(f).__sizeof__() for f in ('', 'b', 'BHILfdspP', '100H', 'xx', '0s', '0c', '2s3s')])
data = bytearray(b'abc')
it = struct.iter_unpack('B', data)
print(type(it), it.__length_hint__(), next(it))
try:
    data.append(1)
except BufferError as e:
    print(e)
print(list(it), it.__length_hint__())
data.append(1)

# Numbers that are too large, or none.
class F:
    def __float__(self): 1/0
class G:
    def __index__(self): return 10**300
class H:
    def __float__(self): return 1e300
for f,v in [('<d',10**400),('<f',10**300),('f',10**300),('e',10**10),('<e',1e10),('<e',10**400),('d',10**400),('<f',1e300),('f',1e300),('<f','x'),('<d',F()),('d',F()),('<f',G()),('<d',G()),('<f',H()),('f',H()),('<e',True),('<e',-10**6)]:
    try: print(f,struct.pack(f,v))
    except Exception as e: print(f,type(e).__name__,e)
for f,d in [('0p',b''),('<0p?',b'\1'),('0s',b'')]:
    try: print(f,struct.unpack(f,d), struct.pack(f,*([b'ab',True][:len(f.strip('<0'))])))
    except Exception as e: print(f,type(e).__name__,e)
