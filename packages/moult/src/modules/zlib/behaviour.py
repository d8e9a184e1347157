"""Compressing and decompressing: bytes, streams, dictionaries, errors."""
import zlib
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
t(lambda: type(zlib.compressobj())); t(lambda: type(zlib.decompressobj())); 
for T in (type(zlib.compressobj()),type(zlib.decompressobj()),zlib._ZlibDecompressor):
    print(T, T.__basicsize__, [n for n in dir(T) if n[0]!='_']); (t(T) if T is not zlib._ZlibDecompressor else None)
d=b'hello hello hello'*10
c=zlib.compress(d)
t(lambda: zlib.decompress(b'x')); t(lambda: zlib.decompress(c[:-3])); t(lambda: zlib.decompress(b'')); t(lambda: zlib.decompress(c+b'trail')); t(lambda: zlib.decompress(c,-15)); t(lambda: zlib.decompress(c[:10]+b'zzzzzzzzzzz'+c[20:]))
t(lambda: zlib.decompress(c,99)); t(lambda: zlib.compress(d,99)); t(lambda: zlib.compress(d,wbits=99)); t(lambda: zlib.compressobj(99)); t(lambda: zlib.compressobj(6,8,99)); t(lambda: zlib.decompressobj(99)); t(lambda: zlib.decompress(c,bufsize=0)); t(lambda: zlib.decompress('x')); t(lambda: zlib.compress('x')); t(lambda: zlib.decompress(c[:-4]+b'abcd'))
t(lambda: zlib.compressobj(zdict='x')); t(lambda: zlib.decompressobj(zdict='x'))
o=zlib.decompressobj(); t(lambda: o.decompress(c,-1)); t(lambda: o.decompress(c,5)); t(lambda: (o.unconsumed_tail,o.unused_data,o.eof)); t(lambda: o.flush(0)); t(lambda: o.flush(3)); t(lambda: (o.unconsumed_tail,o.unused_data,o.eof)); t(lambda: o.decompress(b'more')); t(lambda:(o.unused_data,o.unconsumed_tail)); t(lambda: o.copy()); t(lambda: o.flush()); t(lambda: o.decompress(b'x'))
z=zlib.compressobj(zdict=b'hello'); cd=z.compress(d)+z.flush(); t(lambda: zlib.decompress(cd)); t(lambda: zlib.decompressobj().decompress(cd)); t(lambda: zlib.decompressobj(zdict=b'bad').decompress(cd)); t(lambda: zlib.decompressobj(zdict=b'hello').decompress(cd)); t(lambda: z.flush()); t(lambda: z.compress(b'x')); t(lambda: z.copy())
z=zlib.compressobj(); t(lambda: z.compress(b'abc')); t(lambda: z.flush(2)); t(lambda: z.flush(0)); t(lambda: z.flush(3)); y=z.copy(); t(lambda: z.flush()); t(lambda: y.compress(b'x')+y.flush()); t(lambda: z.flush(99)); t(lambda: zlib.compressobj().flush(99))
D=zlib._ZlibDecompressor; e=D(); t(lambda: e.decompress(c,5)); t(lambda: (e.eof,e.needs_input,e.unused_data)); t(lambda: e.decompress(b'',5)); t(lambda: e.decompress(b'')); t(lambda: (e.eof,e.needs_input,e.unused_data)); t(lambda: e.decompress(b''));  t(lambda: D(wbits=99)); e=D(); t(lambda: e.decompress(c[:10])); t(lambda: (e.eof,e.needs_input)); t(lambda: e.decompress(c[10:]+b'rest')); t(lambda: (e.eof,e.needs_input,e.unused_data)); t(lambda: D().decompress(b'zzzzzz'))
t(lambda: zlib.crc32(b'abc',5)); t(lambda: zlib.crc32(b'abc',-1)); t(lambda: zlib.adler32(b'abc')); t(lambda: zlib.adler32(b'abc',2**70)); t(lambda: zlib.crc32('x'))
import pickle; t(lambda: pickle.dumps(z))

import hashlib
text=bytes(i*i%251^(i>>5)&255 for i in range(100000))+b"the quick brown fox "*3000
for options in ((6,8,15,8,0),(1,8,15,8,0),(9,8,15,9,0),(3,8,-15,8,0),(5,8,31,5,1),(6,8,9,1,0),(6,8,15,8,2),(6,8,15,8,3),(6,8,15,8,4),(0,8,15,8,0),(-1,8,12,8,0)):
    c=zlib.compressobj(*options)
    out=b"".join(c.compress(text[i:i+777]) for i in range(0,len(text),777))+c.flush()
    print(options,len(out),hashlib.sha256(out).hexdigest()[:16],zlib.decompress(out,options[2])==text)
