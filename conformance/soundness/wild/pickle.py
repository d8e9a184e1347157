# ruins: no
# Random bytes and mutated pickles, read with the classes of this program and a few built-in ones.
import copyreg
import io
import pickle
import random


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class State:
    def __getstate__(self):
        return {"x": 1}

    def __setstate__(self, state):
        self.state = state

    def __reduce_ex__(self, protocol):
        return copyreg.__newobj__, (State,), {"y": 2}, iter([1]), None

    def append(self, value):
        self.value = value


def example():
    plain, slots = Plain(), Slots()
    plain.me, plain.more = plain, {1: slots}
    slots.a = [plain, "text", "é" * 300, b"x" * 300]
    return plain


VALUES = [{"a": [1, (2.5, "é", b"x", None)]}, [10**30, -5, {1, 2}, frozenset((3,))], complex(1, 2), bytearray(b"q"), example(), (State(), range(3), slice(1, 2)), [[]] * 3]
GOOD = [pickle.dumps(value, protocol) for protocol in range(6) for value in VALUES if protocol > 1 or value is not VALUES[4]]
OPCODES = bytes(getattr(pickle, name)[0] for name in dir(pickle) if name.isupper() and isinstance(getattr(pickle, name), bytes) and len(getattr(pickle, name)) == 1)
SAFE = {"complex", "set", "frozenset", "bytearray", "range", "slice", "list", "dict", "object", "int", "str", "bytes", "tuple", "float", "Exception"}


class Careful(pickle.Unpickler):
    # Only what can do no harm outside.
    def find_class(self, module, name):
        if module in ("builtins", "__builtin__") and name in SAFE:
            return getattr(__import__("builtins"), name)
        if module == "__main__" and name in ("Plain", "Slots", "State"):
            return globals()[name]
        if module in ("copyreg", "copy_reg") and name in ("__newobj__", "_reconstructor", "__newobj_ex__"):
            return getattr(copyreg, name)
        raise pickle.UnpicklingError(name)

    def persistent_load(self, pid):
        return [pid]


def mutated(r):
    if r.random() < 0.3:
        data = bytearray(r.choice(OPCODES) if r.random() < 0.7 else r.randrange(256) for _ in range(r.randrange(80)))
    else:
        data = bytearray(r.choice(GOOD))
    for _ in range(r.randrange(6)):
        at = r.randrange(len(data) + 1)
        kind = r.randrange(5)
        if kind == 0:
            del data[at : at + r.randrange(1, 5)]
        elif kind == 1:
            data[at:at] = bytes(r.choice(OPCODES) for _ in range(r.randrange(5)))
        elif kind == 2:
            data[at : at + 4] = r.choice((0, 1, 5, 65536, 2**31 - 1, 2**32 - 1)).to_bytes(4, "little")
        elif kind == 3:
            data[at : at + 1] = bytes([r.randrange(256)])
        else:
            other = r.choice(GOOD)
            start = r.randrange(len(other))
            data[at:at] = other[start : start + r.randrange(40)]
    return bytes(data)


def attempt(seed):
    r = random.Random(seed)
    for _ in range(10):
        data = mutated(r)
        for reader in (Careful, pickle._Unpickler):
            try:
                unpickler = reader(io.BytesIO(data), buffers=[b"buffer"])
                unpickler.find_class, unpickler.persistent_load = Careful.find_class.__get__(unpickler), Careful.persistent_load.__get__(unpickler)
            except AttributeError:
                unpickler = Careful(io.BytesIO(data), encoding="latin-1")
            try:
                repr(unpickler.load())[:100]
            except Exception:
                pass
