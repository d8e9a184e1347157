"""Writes the goldens of the compiler's unit tests: sources by name, with what CPython 3.12 makes of them.

Usage: python make_goldens.py > packages/moult/src/compiler/compile.golden.json
"""

import json

import dump_code

SOURCES = {
    "a function with defaults, star arguments and a docstring": 'def f(a, /, b=2, *c, d=4, **e):\n    "doc"\n    return a + b\n',
    "annotations of parameters and variables": "x: int = 1\ndef f(a: int, *b: str) -> None: pass\n",
    "a class with a class cell and private names": "class C(B, metaclass=M):\n    __x = 1\n    def f(self):\n        return super().f(self.__x)\n",
    "closures over parameters": "def f(x):\n    def g():\n        nonlocal x\n        x += 1\n        return x\n    return g\n",
    "a generator with yield from": "def f(x):\n    y = yield x\n    yield from y\n",
    "coroutines and asynchronous generators": "async def f(x):\n    async with x as y:\n        async for z in y:\n            yield await z\n",
    "an asynchronous comprehension": "async def f(x):\n    return [y async for y in x if await y]\n",
    "loops with break, continue and else": "for x in y:\n    if x: break\n    if not x: continue\n    z\nelse:\n    w\n",
    "while loops": "while a and not b:\n    c()\n",
    "try with all its parts": "def f():\n    try:\n        return a\n    except B as e:\n        b\n    except C:\n        raise\n    else:\n        c\n    finally:\n        d\n",
    "a return out of a loop, a with and a finally": "def f():\n    for x in y:\n        with z:\n            try:\n                return x\n            finally:\n                w\n",
    "except star": "try:\n    a\nexcept* B as e:\n    c\nexcept* D:\n    pass\n",
    "with and two managers": "with a as b, c as (d, e):\n    f\n",
    "inlined comprehensions in a function": "def f(x):\n    y = [lambda: x for x in x]\n    return {a: b for a, b in y}, x\n",
    "inlined comprehensions in a class": "class C:\n    x = [i for i in range(3) if i]\n    y = [x for _ in z]\n",
    "generator expressions": "x = sum(a * b for a in c for b in [a + 1])\n",
    "match with sequences, mappings and classes": "match x:\n    case [a, *_, 1]: b\n    case {'k': v, **r}: c\n    case P(d, e=f) | Q(d, f) if d: g\n    case None | 'x': h\n    case _: i\n",
    "generic functions, classes and aliases": "def f[T: int](x: T = 1) -> T: return x\nclass C[*Ts, **P](B): x: Ts\ntype A[T] = list[T]\n",
    "imports": "import a.b.c as d, e.f\nfrom ..g import h as i, j\nfrom k import *\n",
    "constant folding": "x = (1 + 2 * 3, -4 ** 2, 'a' * 3, 7 // -2, (1, 2)[1], 1e3 / 3, not (a in b), 'x%s' % (y,))\n",
    "membership in constant collections": "x in [1, 2], x in {1, 2}, [z for z in [3, 4]]\n",
    "unpacking and swapping": "a, b = b, a\na, (b, *c), d.e = f\n",
    "calls with unpacking and many arguments": "f(*a, b, c=1, **d)\ng.h(x, y=1)\n",
    "displays with unpacking": "[*a, b], {*a}, {**a, 'b': 1, 'c': d}, (1, 2, *e)\n",
    "slices and augmented assignment": "x[1:2] += y\nx[a:b:c] = z\ndel x.y, x[:]\nx.y -= 1\n",
    "chained comparisons": "if a < b < c: d\nx = a == b is not c\n",
    "formatted strings": "f'{a!r:>{b}} {{c}} {d}'\n",
    "conditional expressions and boolean operators": "x = a if b and (c or d) else not e\n",
    "assertions": "assert a, b\n",
    "globals and deletion": "def f():\n    global x\n    x = 1\n    del x, y\n    y = 2\n",
    "a local that may be unbound": "def f(a):\n    if a: b = 1\n    return b\n",
    "more than 255 names and jumps that far": "while a:\n" + "".join(f"    b.c{i}(d)\n" for i in range(300)),
    "more than 64 locals": "def f(a):\n" + "".join(f"    x{i} = {i}\n" for i in range(70)) + "    if a: return x69\n    return x1\n",
    "attributes on later lines": "(a\n    .b\n    .c(d)\n    .e)\n",
    "warnings": "x is 1\n(1, 2)(3)\n[1]['a']\nassert (a, b)\n",
    "return outside function": "return 1\n",
    "nonlocal at module level": "nonlocal x\n",
    "duplicate argument": "def f(a, *, a): pass\n",
    "await outside function": "await x\n",
    "too many nested blocks": "\n".join(" " * i + "while x:" for i in range(22)) + "\n" + " " * 22 + "pass\n",
    "a starred expression alone": "*a\n",
    "an unknown future feature": "from __future__ import foo\n",
    "a late future import": "x = 1\nfrom __future__ import annotations\n",
    "a global declared after use": "def f():\n    x\n    global x\n",
    "assignment to __debug__": "def f(__debug__): pass\n",
    "break outside loop": "if a:\n    break\n",
}


def main():
    goldens = [
        {"name": name, "source": source, "code": dump_code.dump(source, "<test>", 0, "exec", 0)}
        for name, source in SOURCES.items()
    ]
    print("[")
    print(",\n".join(json.dumps(golden) for golden in goldens))
    print("]")


main()
