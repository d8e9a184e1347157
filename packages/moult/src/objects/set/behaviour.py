"""Facts about sets, compared with CPython's output in behaviour.out."""
import sys


def attempt(what, *args):
    try:
        print(repr(what(*args)))
    except Exception as e:
        print(type(e).__name__, e)


class Loud:
    def __init__(self, name, h):
        self.name = name
        self.h = h

    def __hash__(self):
        print("hash", self.name)
        return self.h

    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other), sys.getrefcount(self), sys.getrefcount(other))
        return self.name == getattr(other, "name", other)

    def __repr__(self):
        return f"<{self.name}>"


class Sub(set):
    pass


class FrozenSub(frozenset):
    pass


class WithInit(frozenset):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *args, **kwargs)

    def __init__(self, *args, **kwargs):
        pass


print("# constructors")
attempt(set)
attempt(frozenset)
attempt(set, "hello")
attempt(frozenset, [3, 1, 2])
attempt(set, 5)
attempt(set, [[]])
attempt(set, 1, 2)
attempt(frozenset, 1, 2)
attempt(lambda: set(iterable=[]))
attempt(lambda: frozenset(iterable=[]))
attempt(lambda: WithInit([1], x=2))
attempt(Sub, [2, 1])
attempt(FrozenSub, [2, 1])
attempt(Sub)
f = frozenset([1])
print(frozenset(f) is f, f.copy() is f, FrozenSub(f).copy() is f, type(FrozenSub(f).copy()), type(Sub([1]) | {2}))
s = {1, 2}
s.__init__([7, 8])
print(s)
print(set({"a": 1, "b": 2}) == {"a", "b"}, set(range(10)), {*"ab"} == {"a", "b"})

print("# members")
s = {1, 2, 3}
attempt(s.add, 4)
attempt(s.add, [])
attempt(s.add)
attempt(s.discard, 9)
attempt(s.remove, 9)
attempt(s.remove, {1})
attempt(s.remove, [])
attempt(s.remove, 4)
attempt(s.pop)
attempt(set().pop)
nested = {frozenset({1}), 2}
print({1} in nested, nested.__contains__({2}))
attempt(lambda: [] in s)
attempt(nested.remove, {1})
attempt(nested.discard, {5})
print(nested, s)
attempt(hash, s)
attempt(s.clear)
print(s, len(s), bool(s))

print("# operators")
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, b - a)
attempt(lambda: a | [5])
attempt(lambda: [5] | a)
attempt(lambda: a - 5)
attempt(lambda: a < 5)
print(a.union([9], "x"), a.union(), a.intersection([3], {3, 4}), a.intersection(), a.difference([1], (2,)), a.difference())
print(a.symmetric_difference([1, 1, 9]), a.difference({1: 0}), a.intersection({1: 0}), a.symmetric_difference({1: 0, 8: 0}))
attempt(a.union, 5)
attempt(a.isdisjoint, 5)
attempt(a.symmetric_difference)
attempt(a.update, [1], 5)
print(a.isdisjoint([9]), a.isdisjoint(b), a.issubset(range(9)), a.issuperset([1]), a.issuperset([10]), set().isdisjoint(set()))
c = a.copy()
c |= {10}
c &= {10, 1, 2}
c -= {1}
c ^= {2, 3}
print(c)
attempt(lambda: c.__ior__([1]))
c.update([1], {2: 3}, "z")
c.intersection_update([1, 2], {2})
c.difference_update([5])
c.symmetric_difference_update({2, 6})
print(c)
c -= c
print(c)
c = {1, 2}
c ^= c
print(c)
print(frozenset(a) | b, type(frozenset(a) | b), type(b | frozenset(a)), frozenset(a) == a, a == frozenset(a), a != b)
print({1} < {1, 2}, {1} <= {1}, {1} > {1}, {2, 1} >= {1}, {1} < {2}, {1} == {1.0}, {1} == [1])
g = frozenset([1, 2])
h = g
g |= {3}
print(g, h)

print("# order of calls")
x, y = Loud("x", 1), Loud("y", 1)
loud = {x}
loud.add(y)
loud.add(Loud("x", 1))
print(loud, y in loud)
loud.discard(x)
print(loud)
print({x} == {Loud("x", 1)}, {x} <= {y})
print({x} & {Loud("x", 1)}, {x} | {y})

print("# repr")


class Holder:
    def __repr__(self):
        return repr(holding)


holding = {Holder()}
print(holding)
print({"a"}, frozenset({"a"}), Sub("a"), {None}, {(1, 2)})

print("# iteration")
s = {1, 2, 3}
try:
    for item in s:
        s.add(item + 10)
except RuntimeError as error:
    print(error)
it = iter({1, 2, 3})
print(next(it), it.__length_hint__(), it.__reduce__()[1], list(it), it.__length_hint__(), list(it))
it = iter(s)
s.add(99)
attempt(next, it)
attempt(next, it)
print(it.__length_hint__())

print("# hashes")
print(hash(frozenset()), hash(frozenset([1, 2, 3])), hash(frozenset("abc")), hash(frozenset([frozenset(), -1, 2**70])))
print(hash(frozenset(range(100))), hash(frozenset([1.5, "x", None is None])))

print("# sizes")
print([sys.getsizeof(set(range(n))) for n in (0, 1, 4, 5, 18, 19, 20, 76, 77, 78, 1000, 60000)])
print([sys.getsizeof(frozenset(range(n))) for n in (0, 4, 5, 30)], sys.getsizeof(Sub()), set().__sizeof__(), sys.getsizeof(iter(s)))
big = set(range(1000))
for n in range(990):
    big.discard(n)
print(sys.getsizeof(big), sys.getsizeof(big.copy()), sorted(big))

print("# order")
print(set("the quick brown fox jumps over the lazy dog".split()))
print({-1, -2, 1 << 40, 1 << 61, 3.5, "a", None, True})
print(set(range(20, 0, -3)), {8 * n for n in range(12)})
print({"spam", "eggs", b"bytes", (1, 2), frozenset([1])})

print("# types")
sub = Sub([1])
sub.attribute = 5
print(sub, sub.attribute)
print(set[int], frozenset[int], hex(set.__flags__), set.__basicsize__, set.__hash__, type(iter(s)))
print([n for n in dir(set) if not n.startswith("__")], [n for n in dir(frozenset) if not n.startswith("__")])

print("# deaths")


class Noisy:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n

    def __del__(self):
        print("del", self.n, end="; ")


dying = {Noisy(n) for n in (5, 3, 11, 1)}
dying.clear()
print()
dying = {Noisy(n) for n in (5, 3, 11, 1)}
del dying
print()
dying = {Noisy(n) for n in range(12)}
dying &= {Noisy(n) for n in ()}
print()
