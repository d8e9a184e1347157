# expect: end
import copy
import json
import pickle


class R:
    def __repr__(self):
        return repr(self)

    def __str__(self):
        return str(self)

    def __eq__(self, other):
        return self == other

    def __lt__(self, other):
        return self < other

    def __hash__(self):
        return hash(self)

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __call__(self):
        return self()

    def __add__(self, other):
        return self + other

    def __iter__(self):
        return iter(self)

    def __contains__(self, x):
        return x in self

    def __bool__(self):
        return bool(self)

    def __index__(self):
        return [1][self]

    def __format__(self, spec):
        return format(self, spec)

    def __reduce__(self):
        return self.__reduce__()

    def __instancecheck__(self, x):
        return isinstance(x, self)


def nested(make, depth=100_000):
    value = make(None)
    for _ in range(depth):
        value = make(value)
    return value


deep_list, deep_tuple, deep_dict = nested(lambda v: [v]), nested(lambda v: (v,)), nested(lambda v: {1: v})
r = R()
for action in (
    lambda: repr(r), lambda: str(r), lambda: r == r.__class__(), lambda: r < R(), lambda: hash(r), lambda: r.a, lambda: r(), lambda: r + r, lambda: list(r),
    lambda: 1 in r, lambda: bool(r), lambda: [1][r], lambda: f"{r:x}", lambda: pickle.dumps(r), lambda: isinstance(1, r), lambda: sorted([R(), R()]),
    lambda: repr(deep_list), lambda: repr(deep_tuple), lambda: repr(deep_dict), lambda: deep_list == nested(lambda v: [v]), lambda: hash(deep_tuple),
    lambda: json.dumps(deep_list), lambda: pickle.dumps(deep_list), lambda: copy.deepcopy(deep_list), lambda: json.loads("[" * 100_000),
    lambda: compile("(" * 5000 + ")" * 5000, "", "eval"), lambda: compile("-" * 50_000 + "1", "", "eval"), lambda: compile("a" + ".b" * 50_000, "", "eval"),
    lambda: compile("[" * 5000, "", "eval"), lambda: compile("x = " * 5000 + "1", "", "exec"), lambda: compile("if 1:\n" + "".join(" " * i + "if 1:\n" for i in range(1, 500)), "", "exec"),
    lambda: compile("+".join(["1"] * 20_000), "", "eval"), lambda: compile("lambda:" * 5000 + "0", "", "eval"), lambda: eval("not " * 20_000 + "1"),
):
    try:
        action()
    except (RecursionError, SyntaxError, MemoryError, ValueError) as e:
        pass
