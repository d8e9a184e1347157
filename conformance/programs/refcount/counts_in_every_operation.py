import sys, gc, operator, itertools, functools, re, math, struct, io, string, random
R = sys.getrefcount
class P:
    """Prints counts of itself whenever a special method is called."""
    def __init__(s, v=1): s.v = v
    def __index__(s): print("index", R(s)); return s.v
    def __int__(s): print("int", R(s)); return s.v
    def __float__(s): print("float", R(s)); return 1.0 * s.v
    def __len__(s): print("len", R(s)); return s.v
    def __bool__(s): print("bool", R(s)); return True
    def __hash__(s): print("hash", R(s)); return s.v
    def __eq__(s, o): print("eq", R(s), R(o)); return s is o
    def __iter__(s): print("iter", R(s)); return iter([1])
    def __contains__(s, x): print("contains", R(s)); return True
    def __getitem__(s, k): print("getitem", R(s), R(k)); return k
    def __setitem__(s, k, v): print("setitem", R(s), R(k), R(v))
    def __delitem__(s, k): print("delitem", R(s))
    def __call__(s, *a): print("call", R(s)); return a
    def __enter__(s): print("enter", R(s)); return s
    def __exit__(s, *a): print("exit", R(s))
    def __format__(s, f): print("format", R(s)); return "F"
    def __str__(s): print("str", R(s)); return "S"
    def __repr__(s): print("repr", R(s)); return "R"
    def __bytes__(s): print("bytes", R(s)); return b"B"
    def __round__(s, n=None): print("round", R(s)); return 1
    def __abs__(s): print("abs", R(s)); return 1
    def __neg__(s): print("neg", R(s)); return 1
    def __add__(s, o): print("add", R(s), R(o)); return 1
    def __radd__(s, o): print("radd", R(s), R(o)); return 1
    def __iadd__(s, o): print("iadd", R(s), R(o)); return s
    def __mul__(s, o): print("mul", R(s), R(o)); return 1
    def __divmod__(s, o): print("divmod", R(s)); return 1
    def __pow__(s, o, m=None): print("pow", R(s)); return 1
    def __reversed__(s): print("reversed", R(s)); return iter(())
    def __dir__(s): print("dir", R(s)); return []
    def __sizeof__(s): print("sizeof", R(s)); return 8
    def __lt__(s, o): print("lt", R(s), R(o)); return True
    def __getattr__(s, n): print("getattr", n, R(s)); return 1
    def __complex__(s): print("complex", R(s)); return 1j
    def __trunc__(s): print("trunc", R(s)); return 1
    def __ceil__(s): print("ceil", R(s)); return 1
    def __length_hint__(s): print("hint", R(s)); return 1
    def __fspath__(s): print("fspath", R(s)); return "/x"
    def __instancecheck__(s, o): print("icheck", R(s), R(o)); return True
    def __await__(s): return iter(())
    def __matmul__(s, o): print("matmul", R(s)); return 1
p = P()
ops = ["int(p)", "float(p)", "complex(p)", "len(p)", "bool(p)", "hash(p)", "p == p", "p == 1", "1 == p", "list(p)", "tuple(p)", "1 in p", "p[0]", "p[0:1]", "p(1)", "format(p)", "f'{p}'", "f'{p!r}'", "'%s' % p", "'%d' % p", "'{}'.format(p)", "str(p)", "repr(p)", "bytes(p)", "round(p)", "round(p, 1)", "abs(p)", "-p", "p + 1", "1 + p", "p * 2", "divmod(p, 1)", "pow(p, 1)", "pow(p, 1, 2)", "reversed(p)", "dir(p)", "sys.getsizeof(p)", "p < p", "p > 1", "p.zzz", "getattr(p, 'q')", "hasattr(p, 'q')", "math.ceil(p)", "math.trunc(p)", "math.sqrt(p)", "hex(p)", "range(p)", "[1, 2][p]", "'ab'[p]", "(1, 2)[p]", "b'ab'[p]", "[0] * p", "isinstance(1, p)", "operator.index(p)", "operator.add(p, p)", "operator.getitem(p, 1)", "operator.length_hint(p)", "operator.truth(p)", "operator.not_(p)", "operator.contains(p, 1)", "operator.itemgetter(1)(p)", "operator.attrgetter('a')(p)", "operator.methodcaller('foo')", "{p: 1}[p]", "{p}", "{1: 2}.get(p)", "p in [p]", "p in [1]", "[1].count(p)", "[p].index(p)", "sum([p])", "sum([p, p])", "min(p, p)", "max([p, p])", "sorted([p, p])", "[p, p].sort()", "list(map(len, [p]))", "list(map(p, [1]))", "list(filter(p, [1]))", "list(filter(None, [p]))", "any([p])", "all([p])", "list(zip(p, p))", "enumerate(p)", "next(iter(p))", "list(itertools.accumulate([p, p]))", "list(itertools.takewhile(p, [1]))", "list(itertools.groupby([p, p]))", "functools.reduce(operator.add, [p, p])", "struct.pack('i', p)", "struct.pack('d', p)", "chr(p)", "bytearray(p)", "bytes([p])", "''.join(map(str, [p]))", "print(p)", "print(p, sep='', end='\\n', file=io.StringIO())", "p @ p", "'x' * p", "'abc'.center(p)", "'a'.join(p) if 0 else 1", "int('1', p) if 0 else 1", "slice(p).indices(p)", "[1, 2, 3][p:]", "dict.fromkeys([p])", "set([p]) | {p}", "{p} - {p}", "p is p", "not p", "p and 1", "1 if p else 2", "while_(p)", "assert_(p)", "with_(p)", "iadd(p)", "setit(p)", "delit(p)", "unpack(p)", "star(p)", "string.Template('$x').substitute(x=p)", "io.StringIO().write(str(p))", "math.gcd(p, p)", "math.isqrt(p)", "math.factorial(p)", "random.Random(p) and 1", "isinstance(p, int)", "callable(p)", "vars(p)", "id(p) > 0", "type(p).__name__", "eval('p + 1')", "exec('p[1]')", "math.fsum([p])", "math.hypot(p)", "math.prod([p, p])", "math.dist([p], [p])", "round(p, p)", "'%c' % p", "'%*d' % (p, 5)", "'{:{}}'.format(1, p)"]
def while_(p):
    while p: break
def assert_(p): assert p
def with_(p):
    with p as q: pass
def iadd(p): p += 1
def setit(p): p[0] = 1; p[1:2] = 3
def delit(p): del p[0]
def unpack(p): a, = p; [*b] = p
def star(p): (lambda *a: None)(*p)
for o in ops:
    print("#", o)
    try: eval(o)
    except Exception as e: print(type(e).__name__, e)
print(R(p))
