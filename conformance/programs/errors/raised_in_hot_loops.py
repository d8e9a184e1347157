"""Exceptions that loops raise and catch often enough to be compiled: what is called, counted and kept for each."""
import gc
import sys


class Key:
    hashed = compared = 0

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        Key.hashed += 1
        return self.n & 1

    def __eq__(self, other):
        Key.compared += 1
        return self.n == other.n


table = {Key(0): "zero", Key(1): "one"}
Key.hashed = Key.compared = 0


def look_up(keys):
    found = missed = 0
    for key in keys:
        try:
            table[key]
            found += 1
        except KeyError as error:
            missed += error.args[0] is key
    return found, missed


keys = [Key(i % 4) for i in range(4000)]
print(look_up(keys), Key.hashed, Key.compared)
print([sys.getrefcount(key) for key in keys[:4]], sys.getrefcount(table))


class Resource:
    alive = 0

    def __init__(self):
        Resource.alive += 1

    def __del__(self):
        Resource.alive -= 1


def fail(n, resource):
    if n % 3 == 0:
        raise ValueError(n)
    if n % 3 == 1:
        raise KeyError
    return {}["nothing", n]


def relay(n):
    resource = Resource()
    try:
        return fail(n, resource)
    except KeyError as error:
        if n % 2:
            raise
        raise RuntimeError(n) from error
    finally:
        Relayed.count += 1


class Relayed:
    count = 0


def collect(times):
    outcome = {}
    for n in range(times):
        try:
            relay(n)
        except (ValueError, RuntimeError, KeyError) as error:
            name = type(error).__name__, type(error.__cause__).__name__, type(error.__context__).__name__
            outcome[name] = outcome.get(name, 0) + 1
            depth, entry = 0, error.__traceback__
            while entry:
                depth, entry = depth + 1, entry.tb_next
            outcome[depth] = outcome.get(depth, 0) + 1
    return outcome


gc.collect()
print(collect(6000), Relayed.count, Resource.alive)
print(gc.collect(), sys.exc_info())


def numbers(limit):
    n = 0
    while True:
        try:
            if n == limit:
                raise StopAsyncIteration
            sent = yield n
            n += sent or 1
        except KeyError:
            n += 5


def drive(generator):
    total = next(generator)
    for i in range(3000):
        try:
            total += generator.throw(KeyError) if i % 5 == 0 else generator.send(None)
        except StopAsyncIteration as error:
            return total, i, error.__traceback__.tb_next.tb_lineno
    return total


print(drive(numbers(4321)), drive(numbers(10**9)))


def bare(n):
    for i in range(n):
        try:
            raise
        except RuntimeError as error:
            if i == n - 1:
                return str(error), error.__context__


print(bare(3000))


def nested(n):
    seen = 0
    for i in range(n):
        try:
            try:
                raise ValueError
            except ValueError as inner:
                try:
                    raise TypeError
                except* TypeError as group:
                    seen += len(group.exceptions)
                raise
        except ValueError as outer:
            seen += outer.__context__ is None
    return seen


print(nested(3000), sys.getrefcount(ValueError) - sys.getrefcount(ValueError))
relay(3)
