"""What every operator says about operands of every pair of types, in place too."""


class Sequence:
    def __len__(self):
        return 3

    def __getitem__(self, i):
        if isinstance(i, int) and i >= 3:
            raise IndexError(i)
        return i


class Plain:
    pass


VALUES = [None, True, 5, "abc", b"abc", bytearray(b"x"), (1, 2), [1], 1.5, {1}, frozenset({2}), {1: 2}, range(3), Plain(),
          Sequence(), int, slice(1), ..., 1j, list[int], int | str, memoryview(b"ab")]
OPERATORS = ["+", "-", "*", "//", "%", "@", "&", "|", "<<", "<", "in"]
INPLACE = ["+=", "*=", "|=", "**="]


def answer(code, names):
    try:
        exec(code, names)
    except Exception as error:
        kind = type(names["b"]).__qualname__
        return f"{type(error).__name__}: {error}".replace(f"'{kind}'", "B").replace(f"'types.{kind}'", "B")
    text = repr(names.get("r", names["a"]))
    return type(names.get("r", names["a"])).__name__ if " at 0x" in text else text[:60]


def fresh(value):
    return value.copy() if isinstance(value, (list, set, dict, bytearray)) else value


for operator in OPERATORS + INPLACE:
    code = compile(f"a {operator} b" if operator in INPLACE else f"r = a {operator} b", "operators", "exec")
    for a in VALUES:
        said = {}
        for b in VALUES:
            said.setdefault(answer(code, {"a": fresh(a), "b": b}), []).append(type(b).__name__)
        for text, names in said.items():
            print(type(a).__name__, operator, " ".join(names), "->", text)
