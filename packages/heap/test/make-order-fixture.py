"""Writes order-fixture.json: random programs over objects with finalizers, weak references and cycles, each with
the log that CPython 3.12 produces for it. Run with CPython 3.12 (64-bit) whenever the operations change."""
import gc, json, os, random, sys, weakref

assert sys.version_info[:2] == (3, 12)
SLOTS = 16
V = [None] * SLOTS
LOG = []


def log(text):
    LOG.append(text)


def drop(i):
    V[i % SLOTS] = None


class Node:
    def __init__(self, n, a, b):
        self.n = n
        self.a = a
        self.b = b


class Plain(Node):
    pass


class Logs(Node):
    def __del__(self):
        log(f"del {self.n}")


class Rises(Node):
    def __del__(self):
        log(f"rise {self.n}")
        V[self.n % SLOTS] = self


class Drops(Node):
    def __del__(self):
        log(f"drop {self.n}")
        drop(self.n * 7)


class Slotted:
    __slots__ = ("n", "a", "b", "__weakref__")

    def __init__(self, n, a, b):
        self.n = n
        self.a = a
        self.b = b

    def __del__(self):
        log(f"slot {self.n}")


class Derived(Slotted):
    __slots__ = ("c",)

    def __init__(self, n, a, b):
        super().__init__(n, a, b)
        self.c = b


class Items(list):
    def __del__(self):
        log(f"items {self[0] if len(self) and type(self[0]) is int else len(self)}")


CLASSES = [Plain, Logs, Rises, Drops, Slotted, Derived]


def callback(n):
    def call(ref):
        log(f"callback {n} {ref() is None}")
        if n % 3 == 0:
            drop(n * 5)
    return call


def step(op):
    kind = op[0]
    if kind == "new":
        _, to, cls, n, a, b = op
        V[to] = CLASSES[cls](n, V[a], V[b])
    elif kind == "set":
        _, i, j, which = op
        if isinstance(V[i], (Node, Slotted)):
            setattr(V[i], "ab"[which], V[j])
        elif type(V[i]) is list and V[i]:
            V[i][which % len(V[i])] = V[j]
        elif type(V[i]) is dict and V[i]:
            V[i]["k%d" % (which % len(V[i]))] = V[j]
    elif kind == "list":
        V[op[1]] = [V[i] for i in op[2]]
    elif kind == "append":
        if type(V[op[1]]) is list:
            V[op[1]].append(V[op[2]])
    elif kind == "tuple":
        V[op[1]] = tuple([V[i] for i in op[2]])
    elif kind == "dict":
        V[op[1]] = {"k%d" % k: V[i] for k, i in enumerate(op[2])}
    elif kind == "items":
        V[op[1]] = Items([V[i] for i in op[2]])
    elif kind == "ref":
        _, to, i, n = op
        if isinstance(V[i], (Node, Slotted, Items)):
            V[to] = weakref.ref(V[i], callback(n) if n else None)
    elif kind == "wrapref":
        _, to, i, n = op
        if isinstance(V[i], (Node, Slotted, Items)):
            V[to] = (weakref.ref(V[i], callback(n) if n else None),)
    elif kind == "del":
        V[op[1]] = None
    elif kind == "deep":
        _, to, levels = op
        value = V[to]
        V[to] = None
        for shape, n in levels:
            if shape == 0:
                value = [value]
            elif shape == 1:
                value = (value, None)
            elif shape == 2:
                value = {"k0": value}
            elif shape == 3:
                value = Logs(n, value, None)
            elif shape == 4:
                value = Slotted(n, None, value)
            else:
                value = Items([value])
        V[to] = value
    elif kind == "collect":
        log(f"collect {op[1]}: {gc.collect(op[1])}")


def random_program(seed, steps):
    r = random.Random(seed)
    serial = 0
    program = []
    for _ in range(steps):
        x = r.random()
        i, j, k = (r.randrange(SLOTS) for _ in range(3))
        serial += 1
        some = [r.randrange(SLOTS) for _ in range(r.randrange(5))]
        if x < 0.24:
            program.append(["new", i, r.randrange(len(CLASSES)), serial, j, k])
        elif x < 0.46:
            program.append(["set", i, j, r.randrange(2)])
        elif x < 0.53:
            program.append(["list", i, some])
        elif x < 0.58:
            program.append(["append", i, j])
        elif x < 0.63:
            program.append(["tuple", i, some])
        elif x < 0.67:
            program.append(["dict", i, some])
        elif x < 0.70:
            program.append(["items", i, some])
        elif x < 0.76:
            program.append(["ref", i, j, serial if r.random() < 0.7 else 0])
        elif x < 0.79:
            program.append(["wrapref", i, j, serial if r.random() < 0.7 else 0])
        elif x < 0.92:
            program.append(["del", i])
        elif x < 0.925:
            program.append(["deep", i, [[r.randrange(6), serial * 1000 + n] for n in range(r.randrange(40, 260))]])
        else:
            program.append(["collect", r.choice([0, 0, 1, 2])])
    for i in range(SLOTS):
        program.append(["del", i])
    program += [["collect", 2], ["collect", 2]]
    return program


if __name__ == "__main__":
    gc.disable()
    cases = []
    for seed in range(40):
        program = random_program(seed, 150)
        while any(v is not None for v in V):
            for i in range(SLOTS):
                V[i] = None
            gc.collect()
        gc.collect()
        del LOG[:]
        for op in program:
            step(op)
        cases.append({"seed": seed, "program": program, "log": LOG[:]})
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "order-fixture.json")
    with open(path, "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
