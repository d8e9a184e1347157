"""Built-in functions: results, order of calls, messages."""


def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


print(sum([0.1] * 10), sum([1, 2.5, True]), sum([[1], [2]], []), sum([2**62, 2**62, 2**62]), sum([1e100, 1.0, -1e100]))
attempt(sum, ["a"], "")
attempt(sum, [b"a"], b"")
attempt(sum, [1, "a"])
attempt(sum, 3)
attempt(max)
attempt(max, [])
attempt(max, [], default=7)
attempt(max, 1, 2, default=3)
attempt(max, [3, 1, 2], key=lambda x: -x)
attempt(min, "bca", key=ord)
attempt(min, 1, bogus=2)
attempt(max, [1, "a"])
attempt(sorted, [3, 1, 2], reverse=True)
attempt(sorted)
attempt(sorted, [1], bogus=1)
attempt(chr, 0x1F600)
attempt(chr, -1)
attempt(chr, 0x110000)
attempt(chr, 2**40)
attempt(chr, "a")
attempt(ord, "ab")
attempt(ord, 3)
attempt(hex, -255)
attempt(bin, 2**70)
attempt(oct, 8)
attempt(hex, 1.5)
attempt(abs, -3.5)
attempt(abs, "x")
attempt(divmod, 7, -2)
attempt(divmod, 1, "x")
attempt(pow, 2, -1)
attempt(pow, 3, -1, 7)
attempt(round, 2.5)
attempt(round, 1234, -2)
attempt(round, "x")
attempt(len, 3)
attempt(hash, [])
attempt(hash, 2**61 - 1)
attempt(callable, len)
attempt(getattr, 1, "nope", "fallback")
attempt(getattr, 1, 2)
attempt(getattr, 1)
attempt(hasattr, 1, "real")
attempt(setattr, 1, "x", 2)
attempt(vars, 1)
attempt(iter, 3)
attempt(iter, 3, 4)
attempt(next, [])
attempt(next, iter([]))
attempt(next, iter([]), "end")
attempt(isinstance, 1, (str, (int,)))
attempt(isinstance, 1, int | str)
attempt(isinstance, 1, 3)
attempt(issubclass, bool, int)
attempt(issubclass, 1, int)
attempt(issubclass, int, 3)
attempt(eval, "1 +")
attempt(eval, " 1 + 1")
attempt(eval, "x", {"x": 5})
attempt(eval, "1", 3)
attempt(exec, "x = 1", 3)
attempt(compile, "1", "f", "bogus")
attempt(format, 3.14159, ".2f")
attempt(format, "x", 3)
attempt(ascii, "\xe9\u1234\U0001f600")
attempt(print, 1, sep=3)
attempt(print, 1, bogus=3)
attempt(__import__, "no_such_module")
attempt(__import__, "")
attempt(__import__, 3)
attempt(any, [0, "", 3])
attempt(all, [])
attempt(dir, 1, 2)
print(*[1, "two", 3.0], sep="-", end="!\n")


class Writer:
    def write(self, text):
        print("write", repr(text))


class Loud:
    def __str__(self):
        print("str called")
        return "loud"


print("a", Loud(), "b", file=Writer())
print("a", Loud(), "b")


class Meta(type):
    def __instancecheck__(cls, o):
        return o == 42

    def __subclasscheck__(cls, c):
        return c is int

    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, bases, kw)
        return {"given": 1}

    def __new__(mcs, name, bases, ns, **kw):
        return super().__new__(mcs, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        print("init", sorted(k for k in ns if not k.startswith("__")))


class Odd(metaclass=Meta, flag=True):
    x = 1


print(isinstance(42, Odd), isinstance(41, Odd), issubclass(int, Odd), issubclass(str, Odd), Odd.given)


class Entries:
    def __mro_entries__(self, bases):
        return (list,)


class FromEntries(Entries()):
    pass


print(FromEntries.__mro__, len(FromEntries.__orig_bases__))


def scopes():
    local = 1
    return sorted(locals()), "scopes" in globals(), dir()


print(scopes())
