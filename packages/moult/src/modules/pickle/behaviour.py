"""All protocols; hooks; memos; errors of writers and readers; buffers outside of the pickle."""
import _pickle
import copyreg
import io
import re
import sys
import zlib


class Plain:
    def __init__(self):
        self.x = 1
        self.me = [self]


class Slots:
    __slots__ = ("a", "b")


class Mapping(dict):
    pass


class New:
    def __new__(cls, a, *, b):
        self = object.__new__(cls)
        self.pair = a, b
        return self

    def __getnewargs_ex__(self):
        return self.pair[:1], {"b": self.pair[1]}


class Nested:
    class Inner:
        pass


def attempt(label, function, *args, **kwargs):
    try:
        print(label, re.sub("0x[0-9a-f]+", "0x", repr(function(*args, **kwargs))))
    except Exception as error:
        print(label, type(error).__name__, re.sub("0x[0-9a-f]+", "0x", str(error)))


values = [1, -1, 255, 256, 65536, -(2**31), 2**31, 2**70, -(2**63), 1.5, "a", "\u00e9" * 300, "\ud800\n\\\x1a\U00010000"]
values += [b"abc", b"", b"x" * 300, bytearray(b"q"), bytearray(), (), (1,), (1, 2, 3), (1, 2, 3, 4), [], [1, 2], {}, {1: 2}]
values += [{1}, frozenset({1, 2}), None, True, False, Ellipsis, NotImplemented, type(None), type(...), len, io.BytesIO]
values += [1j, range(3), slice(1, 2), Plain, Nested.Inner, dict.fromkeys, [].append]
many = list(range(2500))
for protocol in range(6):
    for value in values:
        try:
            data = _pickle.dumps(value, protocol)
        except Exception as error:
            print(protocol, type(error).__name__, error)
            continue
        print(protocol, data[:50], zlib.crc32(data), _pickle.loads(data) == value)
    mapping = Mapping(q=1)
    mapping.z = 3
    loaded = _pickle.loads(_pickle.dumps([Plain(), mapping, New(1, b=2)], protocol))
    print(loaded[0].me[0] is loaded[0], loaded[1], loaded[1].z, loaded[2].pair)
    large = [many, dict.fromkeys(many, "v"), b"x" * 100000, set(many), iter(many)]
    file = io.BytesIO()
    _pickle.dump(large[:4], file, protocol)
    print(len(file.getvalue()), zlib.crc32(file.getvalue()))
    file.seek(0)
    print(_pickle.load(file) == large[:4], file.tell() == len(file.getvalue()))
    recursive = [(1,), frozenset()]
    recursive[0] = (recursive, recursive[1])
    loaded = _pickle.loads(_pickle.dumps(recursive, protocol))
    print(loaded[0][0] is loaded)
slots = Slots()
slots.a = 1
print(_pickle.loads(_pickle.dumps(slots)).a)


class Persistent(_pickle.Pickler):
    def persistent_id(self, o):
        return "the list" if o == [1] else None

    def reducer_override(self, o):
        return (complex, (1, 2)) if o is Plain else NotImplemented


class Loading(_pickle.Unpickler):
    def persistent_load(self, pid):
        return pid.upper()

    def find_class(self, module, name):
        print("find_class", module, name)
        return super().find_class(module, name)


for protocol in (0, 2, 5):
    file = io.BytesIO()
    Persistent(file, protocol).dump([[1], Plain, Nested])
    file.seek(0)
    print(Loading(file).load())
pickler = _pickle.Pickler(io.BytesIO())
pickler.dispatch_table = {Plain: lambda o: (list, ())}
pickler.dump([Plain(), "a"])
print(sorted(value for value in pickler.memo.copy().values() if value[1] == "a"), pickler.bin, pickler.fast)
pickler.memo = pickler.memo
pickler.clear_memo()
print(pickler.memo.copy(), sys.getsizeof(pickler), _pickle.Pickler.__basicsize__, _pickle.Unpickler.__basicsize__)
for wrong in (1, {1: 2}):
    attempt("memo", setattr, pickler, "memo", wrong)
attempt("memo", delattr, pickler, "memo")
attempt("hook", getattr, pickler, "persistent_id")
attempt("hook", setattr, pickler, "persistent_id", 3)
attempt("proxy", hash, pickler.memo)
unpickler = _pickle.Unpickler(io.BytesIO(_pickle.dumps(["a", "b"])))
print(unpickler.load(), unpickler.memo.copy())
for wrong in ({"a": 1}, {-1: 1}, 3):
    attempt("memo", setattr, unpickler, "memo", wrong)
cyclic = []
cyclic.append(cyclic)
pickler.fast = True
attempt("fast", pickler.dump, cyclic)


def function():
    class Local:
        pass

    return Local


class Reducing:
    def __reduce__(self):
        return self.answer


attempt("local", _pickle.dumps, function())
attempt("protocol", _pickle.dumps, 1, 9)
attempt("file", _pickle.dump, 1, 2)
attempt("file", _pickle.load, 2)
attempt("callback", _pickle.Pickler, io.BytesIO(), 2, buffer_callback=print)
attempt("init", _pickle.Pickler.__new__(_pickle.Pickler).dump, 1)
attempt("init", _pickle.Unpickler.__new__(_pickle.Unpickler).load)
answers = [5, (), (1,), (1, 2), (len, 2), (len, (), 1, 2), (len, (), 1, None, 2), (len, (), 1, None, None, 2), (len,) * 7]
answers += [(copyreg.__newobj__, ()), (copyreg.__newobj__, (1,)), (copyreg.__newobj__, (int,)), "x"]
answers += [(copyreg.__newobj_ex__, (1,)), (copyreg.__newobj_ex__, (1, 2, 3)), (copyreg.__newobj_ex__, (int, 2, 3))]
for answer in answers:
    Reducing.answer = answer
    attempt("reduce", _pickle.dumps, Reducing())
Plain.__qualname__ = "Missing"
attempt("class", _pickle.dumps, Plain)
Plain.__module__ = "missing_module"
attempt("class", _pickle.dumps, Plain)
Plain.__module__, Plain.__qualname__ = "io", "BytesIO"
attempt("class", _pickle.dumps, Plain)
for data in """\x80 \x80\x09. q . (. K \xff ' c c_io|foo|. cnope|foo|. h\1. a. (a. K\1a. ]K\1e. Ifoo|. I0x10|. I010|. I01|. L10L|. La|. Fa|.
    F1.5|. Sabc|. S'a\\x41'|. Pa|. K\1Q. \x82\1. \x82\0. K\1K\2R. K\1)R. K\1)\x81. N)N\x92. }K\1b. (K\1K\2K\3d. (K\1u. }(K\1u. (1. 2. 0.
    (2. \x8f(K\1\x90. ](K\1\x90. \x8c\5ab. \x8a\2\1\2. \x8b\xff\xff\xff\xff. K\1\x93. K\1K\1\x93. \x97. p0|. K\1p-1|. g0|. gx|. g-1|. Va\\u0041|.
    (i. (iio|BytesIO|. (o. (cio|BytesIO|o. K\1K\2\x86. K\1\x86. (K\1l. (K\1K\2d. (K\1\x91. U\1\xe9. \x95\5\0\0\0\0\0\0\0K\1.""".split():
    stream = data.encode("latin-1").replace(b"|", b"\n")
    attempt(stream, _pickle.loads, stream)
attempt("text", _pickle.loads, "abc")
print(_pickle.loads(b"U\1\xe9.", encoding="latin-1"), _pickle.loads(b"U\1\xe9.", encoding="bytes"))
attempt("buffers", lambda: _pickle.loads(b"\x97.", buffers=[b"a"]))
attempt("buffers", lambda: _pickle.loads(b"\x97\x98.", buffers=[bytearray(b"a")]).readonly)
attempt("buffers", lambda: _pickle.loads(b"\x97\x97.", buffers=[b"a"]))
buffer = _pickle.PickleBuffer(bytearray(b"abc"))
print(bytes(buffer.raw()), memoryview(buffer).obj)
taken = []
data = _pickle.dumps([buffer], 5, buffer_callback=taken.append)
print(data, taken == [buffer], _pickle.loads(data, buffers=taken) == taken, _pickle.dumps(buffer, 5))
attempt("buffer", lambda: _pickle.dumps(buffer, 4))
buffer.release()
for operation in (buffer.raw, lambda: memoryview(buffer), lambda: _pickle.PickleBuffer(1)):
    attempt("buffer", operation)
attempt("buffer", _pickle.PickleBuffer(memoryview(b"abcd")[::2]).raw)
copyreg.add_extension("__main__", "Nested", 300)
print(_pickle.dumps(Nested), _pickle.loads(_pickle.dumps(Nested)) is Nested)
deep = []
for i in range(100000):
    deep = [deep]
attempt("deep", _pickle.dumps, deep)
data = _pickle.dumps(len, 0)
sys.addaudithook(lambda event, args: event == "pickle.find_class" and print(event, args))
print(_pickle.loads(data) is len)
