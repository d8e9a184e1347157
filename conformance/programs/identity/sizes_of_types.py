"""Sizes of the built-in types. docs/fidelity.md shows the recorded output as tables.

types: of each type of the native modules, __basicsize__, __itemsize__, and 1 if the collector knows its instances.
objects: of expressions, sys.getsizeof; where N is in one, with 0, 1, 2, 10 and 100 in its place.
"""

import importlib
import re
import sys

MODULES = """
builtins types _abc _ast _bisect _blake2 _codecs _collections _contextvars _csv _datetime _decimal _functools _hashlib
_heapq _io _json _locale _md5 _opcode _operator _pickle _posixsubprocess _queue _random _sha1 _sha2 _sha3 _signal _socket _sre
_statistics _string _struct _symtable _thread _tokenize _tracemalloc _typing _uuid _warnings _weakref array atexit binascii
errno fcntl gc grp itertools marshal math posix pwd select sys syslog time unicodedata zlib
""".split()

# Parts of those modules that docs/fidelity.md names as missing.
MISSING = "os.statvfs_result posix.sched_param posix.waitid_result signal.itimer_error signal.struct_siginfo".split()

OBJECTS = """
None | True | ... | NotImplemented | object() | 2**(15*N) | -(2**(30*N)) | 1.5 | 1j
'a'*N | 'é'*N | '€'*N | '𝄞'*N | b'x'*N | bytearray(N) | bytearray(b'x'*N) | memoryview(b'x'*N) | str(N) | repr('a'*N) | 'a'.join(['b']*N)
()  | (0,)*N | tuple(range(N)) | tuple([0]*N) | tuple(i for i in range(N))
[] | [0]*N | list(range(N)) | [i for i in range(N)] | list('a'*N) | list((0,)*N) | sorted(range(N)) | [*range(N)] | list({}.fromkeys(range(N)))
appended(N) | extended(N) | popped(N) | [1,2,3,4][:N] | [0] + [0]*N
{} | dict.fromkeys(range(N)) | {i: i for i in range(N)} | {str(i): i for i in range(N)} | dict(zip(range(N), range(N))) | dict({i: i for i in range(N)})
dict.fromkeys(map(str, range(N))) | {**{i: i for i in range(N)}} | {i: i for i in range(N)}.copy() | removed(N) | kwargs(N) | updated(N)
set() | set(range(N)) | {i for i in range(N)} | frozenset(range(N)) | set(range(N)).copy() | set(map(str, range(N))) | set(range(N)) | {0}
range(N) | slice(N) | iter(range(N)) | iter([0]*N) | iter((0,)*N) | iter({}) | iter(set()) | iter('') | iter(b'') | reversed([0]*N) | enumerate([])
zip(*[[]]*N) | map(int, []) | filter(None, []) | {}.keys() | {}.values() | {}.items() | iter({}.items()) | iter({}.values()) | reversed({})
Plain() | Slots() | Slots5() | attributes(N) | attributes(N).__dict__ | Plain().__dict__ | Weak() | SubInt(2**(30*N)) | SubList(range(N)) | SubDict(x=1) | SubTuple(range(N))
SubStr('a'*N) | SubBytes(b'x'*N) | SubSet(range(N)) | SubFloat() | Error() | Plain | Slots5 | type('A', (), {}) | Meta('A', (), {}) | EnumLike
function | lambda x=1, *, y=2: x | closure() | closure().__closure__[0] | Plain.method | Plain().method | len | [].append | str.join | int.__add__
(1).__add__ | dict.__dict__['fromkeys'] | property() | classmethod(len) | staticmethod(len) | function.__code__ | closure().__code__ | big_code(N)
function.__globals__ and 0 | generator() | started() | (x for x in ()) | coroutine_size() | asyncgen() | frame_size() | traceback()
Exception() | ValueError('x') | OSError(1, 'x') | KeyError('x') | StopIteration(1) | SystemExit(1) | ImportError('x') | SyntaxError('x') | NameError('x')
AttributeError('x') | UnicodeDecodeError('a', b'', 0, 1, '') | UnicodeEncodeError('a', '', 0, 1, '') | ExceptionGroup('x', [Exception()]) | MemoryError()
super(Plain, Plain()) | type(sys)('m') | sys.implementation | type(sys.implementation)() | list[int] | typing.Union[int, str] | Optional | sys.flags | sys.version_info | sys.float_info
collections.deque(range(N)) | collections.deque(range(N), 5) | collections.OrderedDict.fromkeys(range(N)) | collections.defaultdict(int, {i: i for i in range(N)})
collections.Counter('a'*N) | collections.ChainMap() | collections.UserList() | Point(1, 2) | iter(collections.deque()) | iter(collections.OrderedDict())
itertools.count() | itertools.cycle([]) | itertools.repeat(1) | itertools.chain() | itertools.islice([], 1) | itertools.tee([])[0] | itertools.product('ab', repeat=2)
itertools.combinations('abc', 2) | itertools.permutations('abc', 2) | itertools.groupby([]) | itertools.accumulate([]) | itertools.zip_longest([], []) | itertools.starmap(len, [])
itertools.takewhile(len, []) | itertools.dropwhile(len, []) | itertools.filterfalse(len, []) | itertools.compress([], []) | itertools.pairwise([]) | itertools.batched([], 2)
functools.partial(len) | functools.partial(len, *[1]*N) | functools.lru_cache(len) | functools.cmp_to_key(len) | functools.cmp_to_key(len)(1) | functools.cached_property(len)
operator.itemgetter(*range(N + 1)) | operator.attrgetter('a') | operator.methodcaller('a') | weakref.ref(Weak) | weakref.proxy(Weak) | weakref.WeakValueDictionary()
array.array('b', [0]*N) | array.array('i', [0]*N) | array.array('d', [0]*N) | array.array('b', b'x'*N) | struct.Struct('i'*N) | re.compile('a'*N) | re.match('a', 'a')
io.StringIO() | io.BytesIO() | io.BytesIO(b'x'*N) | io.StringIO('x'*N) | datetime.date(1, 1, 1) | datetime.datetime(1, 1, 1) | datetime.time() | datetime.timedelta()
datetime.timezone.utc | datetime.timezone(datetime.timedelta(1/24)) | decimal.Decimal(1) | decimal.Decimal(10)**N | decimal.Context() | random.Random() | contextvars.ContextVar('x') | contextvars.copy_context()
contextvars.Context() | threading.Lock() | threading.RLock() | fractions.Fraction(1, 2) | types.MappingProxyType({}) | types.SimpleNamespace() | hashlib.md5() | hashlib.sha256()
zlib.compressobj() | zlib.decompressobj() | csv.reader([]) | json.JSONEncoder() | ctypes.c_int() | ctypes.c_double() | (ctypes.c_int * 10)() | ctypes.py_object() | enum.Enum | Colour.RED
""".replace("\n", "|").split("|")

IMPORTS = "collections itertools functools operator weakref array struct re io datetime decimal random contextvars threading fractions types hashlib zlib csv json ctypes enum sys typing".split()
COUNTS = (0, 1, 2, 10, 100)


def appended(n):
    made = []
    for i in range(n):
        made.append(i)
    return made


def extended(n):
    made = [1]
    made.extend(range(n))
    return made


def popped(n):
    made = appended(n * 3)
    for _ in range(n * 2):
        made.pop()
    return made


def removed(n):
    made = {i: i for i in range(n * 2)}
    for i in range(n):
        del made[i]
    return made


def updated(n):
    made = {"a": 1}
    made.update({i: i for i in range(n)})
    return made


def kwargs(n):
    return (lambda **words: words)(**{f"k{i}": i for i in range(n)})


class Plain:
    def method(self):
        pass


class Slots:
    __slots__ = ()


class Slots5:
    __slots__ = ("a", "b", "c", "d", "e")


class Weak:
    __slots__ = ("__weakref__",)


def attributes(n):
    o = Plain()
    for i in range(n):
        setattr(o, f"a{i}", i)
    return o


class Meta(type):
    pass


class Error(Exception):
    pass


class EnumLike(int):
    A = 1


def subclass(base):
    return type("Sub" + base.__name__.title(), (base,), {})


SubInt, SubList, SubDict, SubTuple, SubStr, SubBytes, SubSet, SubFloat = map(subclass, (int, list, dict, tuple, str, bytes, set, float))


def function(a, b=1, *c, d=2, **e):
    """A function."""
    return a + b


def closure():
    x = 1

    def inner():
        return x

    return inner


def big_code(n):
    return compile("\n".join(f"x{i} = {i} + f(a, b)" for i in range(n)), "big", "exec")


def generator():
    yield 1


def started():
    g = generator()
    next(g)
    return g


def coroutine_size():
    async def coroutine():
        pass

    c = coroutine()
    c.close()
    return c


async def asyncgen():
    yield 1


def frame_size():
    return sys._getframe()


def traceback():
    try:
        raise ValueError
    except ValueError as error:
        return error.__traceback__


def is_native(module):
    return not getattr(module, "__file__", "").endswith(".py")


def types_of(module):
    return {f"{t.__module__}.{t.__qualname__}": [t.__basicsize__, t.__itemsize__, t.__flags__ >> 14 & 1] for t in vars(module).values() if isinstance(t, type)}


def main():
    types = {}
    for name in MODULES:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        if is_native(module) or name == "types":
            types.update(types_of(module))
    names = {name: importlib.import_module(name) for name in IMPORTS}
    names |= globals()
    names["Point"] = names["collections"].namedtuple("Point", "x y")
    names["Optional"] = int | None
    names["Colour"] = names["enum"].Enum("Colour", "RED GREEN")
    objects = {}
    for text in sorted({text.strip() for text in OBJECTS} - {""}):
        try:
            if re.search(r"\bN\b", text):
                objects[text] = " ".join(str(sys.getsizeof(eval(text, names | {"N": n}))) for n in COUNTS)
            else:
                objects[text] = sys.getsizeof(eval(text, names))
        except Exception as error:
            objects[text] = f"{type(error).__name__}: {error}"
    print("types")
    for name in sorted(types.keys() - MISSING):
        print(name, *types[name])
    print("objects")
    for text, sizes in objects.items():
        print(f"{text}: {sizes}")


main()
