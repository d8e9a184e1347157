"""Facts about dicts and their views, compared with CPython's output in behaviour.out."""
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


class Mapping:
    def keys(self):
        return ["a", "b"]

    def __getitem__(self, key):
        return key * 2


class NoIter:
    def keys(self):
        return 5


class Missing(dict):
    def __missing__(self, key):
        return f"missing {key}"


class Ordered(dict):
    def __iter__(self):
        return iter(sorted(super().keys()))

    def keys(self):
        return sorted(super().keys())


print("# constructors")
attempt(dict)
attempt(lambda: dict(a=1, b=2))
attempt(lambda: dict([(1, 2), [3, 4], "xy"]))
attempt(lambda: dict({1: 2}, x=3))
attempt(lambda: dict(Mapping()))
attempt(lambda: dict(Mapping(), a=0))
attempt(dict, 5)
attempt(dict, [5])
attempt(dict, [(1, 2, 3)])
attempt(dict, ["a"])
attempt(dict, 1, 2)
attempt(dict, NoIter())
attempt(lambda: dict(**{1: 2}))
attempt(lambda: dict.fromkeys("abca"))
attempt(lambda: dict.fromkeys({3, 1, 2}, 0))
attempt(lambda: dict.fromkeys({"x": 1}, []))
attempt(lambda: Missing.fromkeys([1, 2], 3))
attempt(dict.fromkeys)
attempt(dict.fromkeys, 5)

print("# access")
d = {"a": 1, 2: "two", (3, 4): None}
attempt(lambda: d["a"])
attempt(lambda: d["zz"])
attempt(lambda: d[[]])
attempt(lambda: d[{}])
attempt(d.get, "a")
attempt(d.get, "q")
attempt(d.get, "q", 5)
attempt(d.get)
attempt(d.get, 1, 2, 3)
attempt(d.__getitem__, 2)
attempt(d.__contains__, 2)
attempt(lambda: [] in d)
attempt(lambda: Missing(a=1)["b"])
attempt(lambda: Missing(a=1).get("b"))
attempt(d.setdefault, "n")
attempt(d.setdefault, "n", 3)
attempt(d.setdefault, "m", 3)
attempt(d.pop, "n")
attempt(d.pop, "n")
attempt(d.pop, "n", "gone")
attempt({}.pop, [], 1)
attempt({1: 1}.pop, [], 1)
attempt(d.popitem)
attempt({}.popitem)
attempt(lambda: d.__delitem__("nope"))
attempt(lambda: d.clear(1))
attempt(lambda: d.copy(x=1))
attempt(lambda: hash(d))
print(d, len(d), list(d), bool(d), bool({}))

print("# update and merge")
attempt(lambda: {1: 2} | {3: 4, 1: 5})
attempt(lambda: {1: 2} | [(3, 4)])
attempt(lambda: [(3, 4)] | {1: 2})
e = {1: 2}
e |= [(3, 4)]
print(e)
attempt(lambda: e.__ior__(5))
e.update(Mapping(), z=1)
print(e)
attempt(e.update, 1, 2)
attempt(lambda: {**Ordered(b=1, a=2)})
attempt(lambda: dict(Ordered(b=1, a=2)))
attempt(lambda: Ordered(b=1, a=2).copy())
attempt(lambda: {1: 2} < {1: 3})
print({1: 2} == {1: 2.0}, {1: 2} != {1: 3}, {1: 2} == 5, {"a": 1} == {"b": 1})

print("# order of calls")
loud = {}
a, b = Loud("a", 1), Loud("b", 1)
loud[a] = 1
loud[b] = 2
loud[Loud("a", 1)] = 3
print(loud)
print(loud.get(b), loud.pop(b), b in loud)
loud.setdefault(Loud("c", 9), 1)
del loud[a]
print(loud)
print({a: 1} == {Loud("a", 1): 1})

print("# repr")
r = {"x": 1}
r["self"] = r
print(r, {"k": [r]})
print({1: "a", "b": None, 2.5: (1,)})
v = {"v": 1}
v["vals"] = v.values()
print(v.values())

print("# iteration")


def mutate(view, change):
    try:
        for item in view:
            change()
    except RuntimeError as error:
        print(error)


m = {1: 1, 2: 2}
mutate(m, lambda: m.update({len(m) + 10: 0}))
m = {1: 1, 2: 2}
mutate(m.items(), lambda: m.pop(1, None))


def replace():
    m.pop(min(m))
    m[max(m, default=0) + 1] = 0


m = {i: i for i in range(5)}
mutate(m.keys(), replace)
mutate(reversed(m), lambda: m.clear())
m = dict.fromkeys("abcd", 0)
it = iter(m)
print(next(it), it.__length_hint__(), list(it), it.__length_hint__())
it = reversed(m.items())
print(next(it), list(it), list(reversed(m)), list(reversed(m.values())))
it = iter(m)
next(it)
print(it.__reduce__()[1], list(it))
print(reversed(m).__reduce__()[1], iter(m.items()).__reduce__()[1])
items = iter({1: 2, 3: 4}.items())
first = next(items)
second = next(items)
print(first, second, first is second)
print([id(p) for p in {1: 2, 3: 4}.items()].__len__())
del m["b"]
print(list(m), list(reversed(m)), list(m.items()))

print("# views")
p = {"a": 1, "b": 2, "c": 3}
q = {"b": 2, "c": 30, "d": 4}
k, l = p.keys(), q.keys()
show = lambda s: print(type(s).__name__, sorted(s, key=repr))
show(k & l), show(k | l), show(k - l), show(k ^ l)
show(k & ["a", "z"]), show(k | "xy"), show(k - ["a"]), show(["a", "q"] & k)
show({"a", "x"} - k), show({"a", "x"} | k), show(k & {"a", "b", "c", "d", "e"})
i, j = p.items(), q.items()
show(i & j), show(i | j), show(i - j), show(i ^ j), show(i ^ [("a", 1)])
print(k == {"a", "b", "c"}, k < {"a", "b", "c", "d"}, k <= l, k > {"a"}, k >= ["a"] if False else None, i == {("a", 1)})
print(k.isdisjoint(["z"]), k.isdisjoint(l), k.isdisjoint(k), {}.keys().isdisjoint({}.keys()))
print(("a", 1) in i, ("a", 2) in i, "a" in i, ("a",) in i, "a" in k, 1 in p.values())
attempt(lambda: k < 5)
attempt(lambda: k == 5)
attempt(lambda: k & 5)
attempt(lambda: hash(k))
attempt(lambda: k.mapping)
attempt(lambda: k.mapping["a"])
print(len(k), len(i), len(p.values()), k, i, p.values())
attempt(lambda: type(k)())

print("# sizes")
print([sys.getsizeof(dict.fromkeys(range(n))) for n in (0, 1, 5, 6, 10, 11, 21, 22, 100, 1000)])
print([sys.getsizeof(dict.fromkeys(map(str, range(n)))) for n in (0, 1, 5, 6, 10, 11, 21, 22, 100, 1000)])
print(sys.getsizeof(k), sys.getsizeof(iter(p)), sys.getsizeof(iter(i)), sys.getsizeof(Missing()), {}.__sizeof__())


class C:
    pass


c = C()
c.x = 1
print(sys.getsizeof(c.__dict__), list(c.__dict__))
c.__dict__["y"] = 2
c.__dict__[5] = 6
print(sys.getsizeof(c.__dict__), c.__dict__)
big = {n: n for n in range(1000)}
for n in range(995):
    del big[n]
print(sys.getsizeof(big), sys.getsizeof(big.copy()), list(big))
print(sys.getsizeof({**big}), sys.getsizeof(dict(big)), sys.getsizeof(big | {}))

print("# types")
print(dict[int, str], dict.__class_getitem__(int))
print(type(k), type(iter(k)), type(reversed(i)), type(iter(p.values())))
print(hex(dict.__flags__), dict.__basicsize__, dict.__hash__, dict.__base__)
print(sorted(n for n in dir(dict) if not n.startswith("__")))


class Key(str):
    def __eq__(self, other):
        print("Key eq")
        return str.__eq__(self, other)

    __hash__ = str.__hash__


names = {"one": 1, "two": 2}
print(names[Key("two")], Key("three") in names)
names[Key("one")] = 11
print(names, type(list(names)[0]))
