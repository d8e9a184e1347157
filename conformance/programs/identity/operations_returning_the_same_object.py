import sys
a = 256; b = 256; print(a is b, (lambda: 257)() is (lambda: 257)(), 257 is 257)
x = "hello"; y = "hel" + "lo"; z = "".join(["hel", "lo"]); print(x is y, x is z, sys.intern(z) is x, "a b" is "a b")
def f(): return "some text!", (1, 2), 1000, 2.5
print(f()[0] is f()[0], f() is f(), f()[1] is f()[1])
print([] is [], () is (), "" is "", id([]) == id([]), (1,) is (1,), frozenset() is frozenset())
print("abc"[0] is "a", "abc"[:] is "abc", "xaby"[1:3] is "ab", str("q w") is "q w", chr(97) is "a", "é" is "é"[0:], b"a"[:1] is b"a", bytes(b"zz") is bytes(b"zz"))
t = (1, 2, 3); print(t[:] is t, tuple(t) is t, t + () is t, t * 1 is t, list(t) is t)
l = [1]; print(l[:] is l, l * 1 is l, sorted(l) is l)
d = {}; print(dict(d) is d, d.copy() is d)
s = "x" * 10; print(s.strip() is s, s.replace("q", "r") is s, s.upper() is s, s + "" is s, "" + s is s, s.lower() is s, s.lstrip("q") is s, s.zfill(1) is s, s.center(2) is s, s.expandtabs() is s, s.encode() is s, f"{s}" is s, "%s" % s is s, "{}".format(s) is s, str(s) is s, s * 1 is s, s.join([""]) is s, "".join([s]) is s, s.format() is s, s.removeprefix("z") is s, s.split("q")[0] is s, s.partition("q")[0] is s, s.translate({}) is s)
n = 10**20; print(n + 0 is n, int(n) is n, +n is n, abs(n) is n, n * 1 is n, -(-5) is 5, 300 - 100 is 200, int("5") is 5, 5.0 // 1 is 5.0, float(2.5) is 2.5, round(7) is 7, True + 4 is 5, len("a" * 256) is 256, int(255.5) is 255, 10**2 is 100, ord("a") is 97, 1000 // 10 is 100, 1 << 8 is 256, 255 + 1 is 256, 256 + 1 is 257)
class A:
    def m(s): pass
    @property
    def p(s): return 1
    @staticmethod
    def st(): pass
    @classmethod
    def c(cls): pass
o = A(); print(o.m is o.m, A.m is A.m, A.st is o.st, o.c is o.c, o.m == o.m, id(o.m) == id(o.m), A.__dict__["p"] is A.p, o.__class__ is A, type(o) is A, o.__dict__ is o.__dict__, A.__dict__ is A.__dict__, o.m.__func__ is A.m, A.c.__self__ is A)
print(None is type(None)(), NotImplemented is type(NotImplemented)(), ... is type(...)(), True is bool(1), int is type(1))
u, v = [1], [1]; print(u == v, u is v, u in [v], any(q is u for q in [v]))
nan = float("nan"); print(nan == nan, nan in [nan], [nan] == [nan], {nan: 1}[nan], nan is nan, float("nan") in [nan])
i = id(object()); j = id(object()); print(i == j)
p = [object() for _ in range(3)]; ids = set(map(id, p)); print(len(ids)); del p
e1 = A(); i1 = id(e1); del e1; e2 = A(); print(id(e2) == i1)
f1 = 1.5; i1 = id(f1); del f1; f2 = 2.25 * 2; print(type(i1))
def gen(): yield
print(gen() is gen(), iter([]) is iter([]), iter(x) is iter(x)); it = iter([1]); print(iter(it) is it)
fn = lambda: 0; print(fn.__code__ is fn.__code__, fn.__globals__ is globals(), fn.__dict__ is fn.__dict__, fn.__defaults__ is fn.__defaults__)
print(globals() is globals(), locals() is globals(), vars() is globals())
k = "key" + str(1); dd = {k: 1}; print(next(iter(dd)) is k, [*dd][0] is k); dd["key1"] = 2; print(next(iter(dd)) is k)
class S: x = "attr_value"
print(S.x is "attr_value", S.__name__ is "S", "S" is S.__name__)
print(sys.getrefcount("zz top") > 2, sys.getrefcount(300), sys.getrefcount("abc") == sys.getrefcount(None))
