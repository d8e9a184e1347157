SOURCE = '''
import os as operating, sys
from a.b import (c, d as e)
x: int = 5
def f(a, /, b=1, *args, c: "ann" = 2, **kw) -> None:
    """Doc."""
    global g
    for i, (j, *k) in enumerate(args):
        if i > 3 and not j or k: continue
        else: break
    else:
        pass
    while a: a -= 1
    try: yield a
    except (ValueError, *k) as err: raise err from None
    finally: del a
    with open(a) as h, b: return [y := lambda q: q + 1, *args]
class K[T](Base, metaclass=M):
    async def m(self): await self; return {x: y async for x, y in z if x}
    s = f"{a!r:>{width}} {b=}" "tail" if False else "é"
match x:
    case [1, K(p=2), {"k": v, **r}]: pass
    case None | (1 | 2): pass
    case str() as t if t: pass
type Alias[*Ts, **P] = int | str
print(a[1:2, ::3], *b, **c, d=1 < 2 <= 3 is not 4, e=-~x ** 2 // 3 @ m, f=not {1, 2}, g=0x10**400, h=1.5j)
assert x, "message"
'''
MODE = "exec"


def test():
    code = compile(SOURCE, "file.py", MODE)
    assert code.co_consts
    compile("a + b * [c for c in d]", "e", "eval"), compile("print(1)", "s", "single")
    for bad in ("a b", "def f(:", "f'{'", "x = = 1", "return", "  a\n b", "'abc", "(", "nonlocal x", "def f(a, a): pass", "1 = x", "\\", "break"):
        try:
            compile(bad, "bad", "exec")
        except SyntaxError as e:
            str(e)
