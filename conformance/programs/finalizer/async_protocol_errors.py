"""Whatever can be wrong with awaitables, asynchronous iterators and managers; anext with a default; who dies when."""
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  gone", self.name)


def drive(coroutine, *sent):
    sent = list(sent)
    try:
        value = coroutine.send(None)
        while True:
            print("  yields", value)
            value = coroutine.send(sent.pop(0) if sent else None)
    except StopIteration as stop:
        return stop.value
    except BaseException as error:
        chain = []
        while error is not None:
            chain.append(f"{type(error).__name__}: {error}")
            error = error.__cause__ or error.__context__
        return " <- ".join(chain)


class Await:
    def __init__(self, result):
        self.result = result

    def __await__(self):
        return self.result() if callable(self.result) else self.result


async def coro():
    return "coro"


def gen():
    got = yield "y"
    return got


async def await_(x):
    return await x


for name, result in [("list", []), ("number", 3), ("generator", gen), ("coroutine", coro), ("none", None)]:
    print(name, drive(await_(Await(result)), "sent"))
print(drive(await_(3)), drive(await_(gen())))
c = coro()
print(drive(await_(c)), drive(await_(c)))


async def shares(inner):
    return await inner


class Stop:
    def __await__(self):
        yield "wait"
        return "done"


async def waiting():
    return await Stop()


w = waiting()
first, second = shares(w), shares(w)
print(first.send(None), drive(second))
print(drive(first) if False else first.close(), w.cr_await, w.cr_running, w.cr_frame)


def plain():
    yield from coro_kept


coro_kept = coro()
try:
    next(plain())
except TypeError as error:
    print(error)
coro_kept.close()


class NoAnext:
    def __aiter__(self):
        return self


class BadAnext(NoAnext):
    def __anext__(self):
        return 3


class ListAnext(NoAnext):
    def __anext__(self):
        return Await([])


class RaisingAnext(NoAnext):
    def __anext__(self):
        raise ValueError("anext")


class NoneAiter:
    def __aiter__(self):
        return None


class CoroutineAiter:
    async def __aiter__(self):
        return self


class Good(NoAnext):
    def __init__(self, n):
        self.n = n

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration("over")
        self.n -= 1
        return self.n


async def loop(it):
    seen = []
    async for x in it:
        seen.append(x)
    else:
        seen.append("else")
    return seen


async def comprehend(it):
    return [x async for x in it if x]


for it in (NoAnext(), BadAnext(), ListAnext(), RaisingAnext(), NoneAiter(), Good(2), [1], 3):
    print(type(it).__name__, drive(loop(it)), "|", drive(comprehend(it)))
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    print(drive(loop(CoroutineAiter())))


class Manager:
    def __init__(self, enter=None, leave=None):
        self.parts = enter, leave

    def __aenter__(self):
        return self.parts[0]

    def __aexit__(self, *args):
        return self.parts[1]


class OnlyEnter:
    async def __aenter__(self):
        return 1


class Sync:
    def __enter__(self):
        return 1

    def __exit__(self, *args):
        return False


async def manage(m):
    async with m as value:
        return value


def plainly(m):
    with m:
        pass


for m in (Manager(), Manager(Await(gen)), Manager(Await(lambda: iter([]))), OnlyEnter(), Sync(), 3):
    print(type(m).__name__, drive(manage(m)))
for m in (Manager(), 3):
    try:
        plainly(m)
    except TypeError as error:
        print(error)

print("--- anext")


async def agen():
    kept = Loud("local of agen")
    yield 1
    yield await Stop()


async def defaults(it, *default):
    return [await anext(it, *default) for _ in range(3)]


print(drive(defaults(Good(1), "default")))
print(drive(defaults(Good(1))))
print(drive(defaults(agen(), Loud("default"))) is not None)
a = anext(Good(1), "d")
print(type(a).__name__, sys.getsizeof(a), [n for n in ("send", "throw", "close", "__await__", "__iter__", "__next__") if hasattr(a, n)])
for action in (lambda: a.send(None), lambda: a.close(), lambda: a.throw(ValueError("thrown")), lambda: next(a), lambda: a.__await__() is a):
    try:
        print(action())
    except BaseException as error:
        print(type(error).__name__, error)
b = anext(agen(), 7)
print(b.send(None) if False else "", end="")
try:
    b.send(None)
except StopIteration as stop:
    print("stopped with", stop.value)
for wrong in (3, NoAnext()):
    for default in ((), (1,)):
        try:
            print(anext(wrong, *default))
        except TypeError as error:
            print(error)
for wrong in (BadAnext(), ListAnext()):
    print(drive(defaults(wrong, 1)), "|", drive(defaults(wrong)))
try:
    aiter(3)
except TypeError as error:
    print(error)
try:
    aiter(NoneAiter())
except TypeError as error:
    print(error)
print(aiter(g := agen()) is g)
