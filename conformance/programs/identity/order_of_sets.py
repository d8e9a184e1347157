s = {"apple", "banana", "cherry", "date", "elder"}
print(s, list(s), {1, 2, 300, -5, 2**40}, {"a": 1, **{"b": 2}}, {(1, 2), (3, 4)}, {1.5, 2.5, 3}, {None, True, "x"}, frozenset("hello world"))
print({x: x for x in s}, set(range(20)), {b"a", b"b"}, hash(("a", 1, None)) if 0 else hash(("a", 1)), hash(3.14), hash(2**100), hash(-2**61), hash(float("inf")), hash(1+2j), hash(""), hash(range(3)), hash(slice) == hash(slice))
class C:
    def __init__(s, v): s.v = v
    def __hash__(s): return s.v % 3
    def __eq__(s, o): return s.v == o.v
    def __repr__(s): return f"C{s.v}"
print({C(i) for i in range(7)}, {C(1): 1, C(4): 2, C(1): 3})
t = set("abcdefgh"); t.discard("c"); t.add("zz"); t.remove("a"); print(t, t.pop(), t.pop(), sorted(t)); t |= set("xyz"); print(t)
print(set("abc") | set("cde"), set("abcdef") - set("abc"), set("abc") ^ set("bcd"), set("abcd") & set("dcba"))
