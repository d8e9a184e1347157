# Every kind of statement and expression; program.tree is CPython 3.12's tree of it.
import a.b as c, d
from . import e
from ..f.g import (h as i, j,)
from k import *


@decorator(1)
async def coroutine[T: int, *Ts, **P](p, /, q: int = 1, *args: *Ts, r, s=2, **kwargs) -> None:
    """Doc."""
    async with x as y, z: await t
    async for u in v: yield
    else: return
    [w async for w in x if y if z]


class K[T](Base, *bases, metaclass=M, **options):
    x: int = 1
    (y): int
    z.a: str; del b, (c, [d])


def positions(é, *, b): return 'é' + é.ß, """ü
""" + é
for i, *j in k, *l:
    continue
else:
    break
while (n := f()) is not None: pass
if a: b
elif c: d
else: e
with (open(a) as b, c, d as (e, f)): pass
with (a), (b): pass
with (yield): pass
try: raise E from None
except (A, B) as e: raise
except: ...
else: 1
finally: 2
try: 1
except* A: 2
assert a, b
global g; nonlocal h
type X[T] = list[T]
match x, *y:
    case -1 | 2.5 | 1 + 2j | 'a' 'b' | None: pass
    case [a, *_, b] | (c, *d) | {1: e, 'k': f, **g} if h: pass
    case A.B | C(1, x=2) as i: pass
    case 1, _: pass
match = type = case = 1
match (a)
lambda a, /, b=1, *c, d, **e: (yield from f)
x = y = *a, b
x += 1; y @= 2; z **= 3; w //= 4; v <<= 5
a if b else c if d else lambda: e
not a or b and not c or d
a < b <= c != d is not e not in f in g == h
-a ** -b ** c + ~d * e / f // g % h @ i - j << k >> l & m ^ n | o
f(a, *b, c=1, **d)(e for e in f)(g := 1)
a[1:2:3, ::, x:, *y][b := c][:]
{}, {1: 2, **a, 3: 4}, {1, *b}, {k: v for k, v in w}, {s for s in t}, [], [1, *c], (), (1,)
0x_ff, 0o17, 0b1_0, 1_000, 1e3, .5, 1., 2J, 10**100, ..., True
'a' "\x41\u0042\103\n\
" r'\d' if b'\x00a' rb'\x' else u'u' 'v'
f'a{b}c{d!r:>{w}.{p}}{{}}' 'e' f"{x = }{'q'!s}{y:%H:%M}" rf'\{z}'
f'''{
    a["b"]  # comment
:{c}}'''
