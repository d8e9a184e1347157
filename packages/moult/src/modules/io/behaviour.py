import _io as io
import sys


class Raw(io._RawIOBase):
    """A raw stream that gives four bytes at a time, and notes what it gets."""

    def __init__(self, data=b""):
        self.data = bytearray(data)
        self.pos = 0

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def readinto(self, buffer):
        n = min(len(buffer), 4, len(self.data) - self.pos)
        buffer[:n] = self.data[self.pos : self.pos + n]
        self.pos += n
        return n

    def write(self, buffer):
        print("raw write", type(buffer).__name__, bytes(buffer))
        self.data[self.pos : self.pos + len(buffer)] = buffer
        self.pos += len(buffer)
        return len(buffer)

    def seek(self, pos, whence=0):
        self.pos = pos + (0, self.pos, len(self.data))[whence]
        return self.pos

    def tell(self):
        return self.pos

    def truncate(self, size=None):
        del self.data[self.pos if size is None else size :]
        return len(self.data)


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


print("-- BytesIO shares its bytes")
data = bytes(50)
before = sys.getrefcount(data)
stream = io.BytesIO(data)
print(sys.getrefcount(data) - before, stream.getvalue() is data)
stream.write(b"1")
print(sys.getrefcount(data) - before, sys.getsizeof(stream), sys.getsizeof(io.BytesIO()))
view = stream.getbuffer()
attempt(stream.write, b"x" * 100)
view[1] = 65
view.release()
print(stream.seek(0, 2), stream.tell(), stream.getvalue()[:3], stream.truncate(5), stream.getvalue())
print(stream.seek(8), stream.write(b"z"), stream.getvalue())
stream.close()
attempt(stream.read)

print("-- StringIO")
text = io.StringIO("a\nb\r\nc\rd", newline=None)
print(repr(text.read()), text.newlines, sys.getsizeof(text))
text = io.StringIO()
print(text.write("a\U0001f600b"), text.tell(), text.seek(1), repr(text.read(1)), text.write("xy"), repr(text.getvalue()))
attempt(text.seek, 1, 1)
attempt(text.write, b"")
print(list(io.StringIO("x\ny\r\nz", newline="")), list(io.StringIO("x\ny\r\nz")))

print("-- BufferedReader")
reader = io.BufferedReader(Raw(b"abc\ndef\nghi"), 8)
print(reader.read(2), reader.peek(), reader.readline(), reader.tell(), reader.read1(), reader.readlines(), reader.read())
print(reader.seek(1), reader.readinto(target := bytearray(3)), target, sys.getsizeof(reader))
attempt(reader.write, b"")
attempt(io.BufferedReader, Raw(), 0)

print("-- BufferedWriter")
raw = Raw()
writer = io.BufferedWriter(raw, 4)
print(writer.write(b"ab"), writer.write(b"cdef"), writer.write(b"0123456789"), writer.tell())
writer.flush()
print(raw.data, writer.detach() is raw)
attempt(writer.write, b"x")

print("-- BufferedRandom")
both = io.BufferedRandom(Raw(b"abcdefghi"), 16)
print(both.read(2), both.write(b"12"), both.read(2), both.tell(), both.seek(0), both.read())
print(both.truncate(3), both.seek(0), both.read())

print("-- TextIOWrapper")
binary = io.BytesIO("héllo\r\nwörld\r€\U0001f600\nend".encode())
wrapper = io.TextIOWrapper(binary, "utf-8")
print(repr(wrapper.readline()), wrapper.newlines, repr(wrapper.read(3)), repr(wrapper.read()), wrapper.newlines)
for newline in (None, "", "\n", "\r", "\r\n"):
    wrapper = io.TextIOWrapper(io.BytesIO(b"a\nb\r\nc\rd"), "ascii", newline=newline)
    print(repr(newline), list(wrapper))
wrapper = io.TextIOWrapper(io.BytesIO("aé€\U0001f600\r\nz".encode()), "utf-8")
places = []
while True:
    place = wrapper.tell()
    if not (character := wrapper.read(1)):
        break
    places.append((place, character))
for place, character in places:
    wrapper.seek(place)
    assert wrapper.read(1) == character, place
print(places)
target = io.BytesIO()
wrapper = io.TextIOWrapper(target, "latin-1", newline="\r\n", write_through=True)
print(wrapper.write("é\n"), target.getvalue())
attempt(wrapper.write, "€")
wrapper.reconfigure(errors="replace", newline="")
print(wrapper.write("€\n"), target.getvalue(), wrapper.errors)
words = "waiting " * 3
count = sys.getrefcount(words)
wrapper = io.TextIOWrapper(io.BytesIO(), "utf-8")
wrapper.write(words)
print("held while it waits:", sys.getrefcount(words) - count)
wrapper.flush()
print("held afterwards:", sys.getrefcount(words) - count)
attempt(wrapper.read)
attempt(io.TextIOWrapper, io.BytesIO(), "utf-8", None, "x")

print("-- line ends")
decoder = io.IncrementalNewlineDecoder(None, True)
print(repr(decoder.decode("a\r")), decoder.getstate(), repr(decoder.decode("\nb\r", True)), decoder.newlines)

print("-- bases")
base = io._IOBase()
attempt(base.fileno)
attempt(base.seek, 0)
print(base.readable(), base.closed, base.close(), base.closed, base.__dict__)


class Closing(io._IOBase):
    def close(self):
        print("closed by its death")
        super().close()


Closing()

# Names of codecs and handlers are C strings; a stream that would block says how much it took.
import codecs
import io
import os

b = io.BytesIO()
t = io.TextIOWrapper(b, 'ascii')
for f in (lambda: io.TextIOWrapper(b, encoding='utf-8', errors='\udcfe'), lambda: io.TextIOWrapper(b, 'utf-8', 'replace\0'),
          lambda: t.reconfigure(encoding='\udcfe'), lambda: 'a'.encode('\udcfe'),
          lambda: 'a'.encode('a\0b'), lambda: b'a'.decode('utf-8', '\udcfe'), lambda: bytes('a', '\udcfe'),
          lambda: str(b'a', '\udcfe'), lambda: io.TextIOWrapper(b, 'ascii', newline='\udcfe'), lambda: codecs.lookup('a\0')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))
try:
    t.reconfigure(encoding='locale\0')
except LookupError:
    print(t.encoding, t.errors)
t.detach()


class Full(io.RawIOBase):
    left = 12

    def writable(self):
        return True

    def write(self, data):
        if not self.left:
            return None
        n = min(self.left, len(data))
        self.left -= n
        return n


full = Full()
w = io.BufferedWriter(full, 8)
for text in (b'abcdef', b'ghijkl', b'mnopqrstuvwxyz'):
    try:
        print(w.write(text))
    except BlockingIOError as e:
        print(e.args[1:], e.characters_written)
full.left = 100
w.close()

# reconfigure() takes ints for its switches.
txt = io.TextIOWrapper(io.BytesIO(), 'ascii', 'replace', '\r')
class BadIndex:
    def __index__(self): 1/0
class BadBool:
    def __bool__(self): 1/0
for kw in (dict(line_buffering=BadIndex()), dict(write_through=BadIndex()), dict(line_buffering=2**1000), dict(line_buffering='x'), dict(write_through=BadBool()), dict(line_buffering=2), dict(line_buffering=None), dict(line_buffering=2.5), dict(encoding=42), dict(errors=42), dict(newline=42), dict(newline='\udcfe'), dict(newline='xyz')):
    try: print(txt.reconfigure(**kw), txt.line_buffering, txt.write_through)
    except Exception as e: print(type(e).__name__, ascii(str(e)))
for kw in (dict(line_buffering=BadBool()), dict(line_buffering='x'), dict(write_through=BadIndex()), dict(write_through=2.5)):
    try: print(io.TextIOWrapper(io.BytesIO(), 'ascii', **kw).line_buffering)
    except Exception as e: print(type(e).__name__, ascii(str(e)))
print(txt.encoding, txt.errors, txt.newlines)

# read1 after a write leaves what is to be written; readinto of nothing flushes it.
for reads in ([('read1', -1)], [('readinto', bytearray())], [('readinto', bytearray()), ('read1', 2)], [('peek',), ('read1', 1)]):
    raw = io.BytesIO(b'0123456789')
    f = io.BufferedRandom(raw, 5)
    f.seek(2)
    f.write(b'ab')
    print([getattr(f, name)(*args) for name, *args in reads], raw.getvalue(), end=' ')
    f.flush()
    print(raw.getvalue())

# Characters against numbers; a line of no characters reads all the same.
import io
b = bytearray(b'ab')
c = memoryview(b).cast('c')
print(c == b, c == memoryview(b), c == c[:], c == memoryview(b'ab').cast('c'), memoryview(b'').cast('c') == b'', memoryview(b) == memoryview(b).cast('b'), c==[b'a',b'b'])
for enc, data in (('ascii', b'ab\xe9'), ('utf-16', b'a\0'), ('utf-8', b'line\nmore')):
    t = io.TextIOWrapper(io.BytesIO(data), enc)
    for f in (lambda: t.readline(0), lambda: t.readline(0), t.tell, lambda: t.readline(2), lambda: t.read(0)):
        try:
            print(repr(f()))
        except Exception as e:
            print(type(e).__name__, e)
