# ruins: yes
# Code objects of random bytes and with mutated parts, called in every way.
import opcode
import random
import types


def plain(a, b=2, *args, c=3, **kwargs):
    total = []
    for i in range(3):
        total.append([a, b, i * c])
    try:
        with open(a) as file:
            return file.read()
    except (TypeError, OSError) as error:
        return total, str(error), f"{b!r:>5}", {**kwargs}
    finally:
        del total


def closure(x):
    y = x

    def inner(z):
        nonlocal y
        y = z, x
        return [y for _ in range(2)]

    return inner


def generator(n):
    while n:
        got = yield n
        n -= 1
        yield from (got, n)


async def coroutine(n):
    async for i in n:
        await i
    return [j async for j in n]


def matching(v):
    match v:
        case {"a": [x, *rest], **more} if x:
            return x, rest, more
        case str() | int(real=1):
            return v
    import os.path as p
    from os import sep as s
    return super().__init__, p, s, v[1:2], v.a.b(c=1), -v, not v, v is None


FUNCTIONS = [plain, closure, closure(1), generator, coroutine, matching]
CODES = [f.__code__ for f in FUNCTIONS] + [compile("class A:\n  x: int = 1\nprint = A.x", "m", "exec")]
KNOWN = [op for op in opcode.opmap.values() if op < 256]


def instructions(r):
    data = bytearray()
    for _ in range(r.randrange(1, 40)):
        data += bytes((r.choice(KNOWN), r.choice((0, 0, 1, 2, 3, r.randrange(256)))))
    return bytes(data)


def mutated_code(r, code):
    data = bytearray(code.co_code)
    for _ in range(r.randrange(1, 5)):
        at = 2 * r.randrange(len(data) // 2)
        kind = r.randrange(5)
        if kind == 0:
            data[at] = r.choice(KNOWN)
        elif kind == 1:
            data[at + 1] = r.randrange(256)
        elif kind == 2:
            data[at:at] = instructions(r)
        elif kind == 3:
            del data[at : at + 2]
        else:
            data[at] = r.randrange(256)
    return bytes(data) or b"\0\0"


def mutated(r):
    code = r.choice(CODES)
    changes = {}
    kind = r.randrange(6)
    if kind <= 1:
        changes["co_code"] = mutated_code(r, code)
    elif kind == 2:
        changes["co_code"] = instructions(r) if r.random() < 0.7 else r.randbytes(2 * r.randrange(1, 30))
    elif kind == 3:
        changes["co_exceptiontable"] = r.randbytes(r.randrange(20))
        changes["co_code"] = mutated_code(r, code)
    elif kind == 4:
        changes["co_stacksize"] = r.choice((0, 1, 2, 10**5, 2**31 - 1))
        changes["co_linetable"] = r.randbytes(r.randrange(20))
    else:
        changes["co_consts"] = tuple(r.choice((None, 1, "a", (), ("a",), code, frozenset())) for _ in range(r.randrange(4)))
        changes["co_names"] = tuple(r.choice(("a", "b", "append")) for _ in range(r.randrange(4)))
    if r.random() < 0.2:
        changes["co_flags"] = r.randrange(2**10)
    if r.random() < 0.1:
        changes[r.choice(("co_argcount", "co_kwonlyargcount", "co_posonlyargcount", "co_nlocals"))] = r.randrange(5)
    return code.replace(**changes)


class Any:
    def __iter__(self):
        return iter((1, 2))

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        return [name]


def attempt(seed):
    r = random.Random(seed)
    for _ in range(3):
        try:
            code = mutated(r)
            cells = tuple(types.CellType(i) for i in range(len(code.co_freevars)))
            function = types.FunctionType(code, {"a": 1, "__builtins__": {"len": len, "print": repr, "range": range, "open": len}}, "f", (1, 2), cells)
            result = function(*[Any(), "a", 3][: code.co_argcount], **({"c": 1} if code.co_kwonlyargcount else {}))
            for _ in range(3):
                getattr(result, "send", len)(None)
            list(code.co_lines()), list(code.co_positions()), repr(result)[:100]
        except BaseException:
            pass
