"""Writes order.golden.json: iteration orders of CPython's sets after random operations.

Run with PYTHONHASHSEED=0 and CPython 3.12. The generator of random numbers is that of order.test.ts.
"""
import json
import pathlib
import sys


def random_from(seed):
    state = seed

    def random(n):
        nonlocal state
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        return int(state / 4294967296 * n)

    return random


def make(random, kind, spread):
    n = random(spread)
    which = kind if kind < 3 else random(3)
    if which == 0:
        return n
    if which == 1:
        return n * 7919 - 400000
    return f"s{n}"


def operate(random, kind, spread, sets):
    a = sets[random(3)]
    b = sets[random(3)]
    op = random(60)
    if op < 36:
        a.add(make(random, kind, spread))
    elif op < 50:
        a.discard(make(random, kind, spread))
    elif op < 53:
        if a:
            a.pop()
    elif op == 53:
        sets[random(3)] = a | b
    elif op == 54:
        sets[random(3)] = a & b
    elif op == 55:
        sets[random(3)] = a - b
    elif op == 56:
        sets[random(3)] = a ^ b
    elif op == 57:
        a -= b
    elif op == 58:
        a ^= b
    else:
        sets[random(3)] = a.copy()


def run(seed, kind, spread, steps):
    random = random_from(seed)
    sets = [set(), set(), set()]
    seen = []
    for step in range(steps):
        operate(random, kind, spread, sets)
        if step % 40 == 39:
            s = sets[step // 40 % 3]
            seen.append([sys.getsizeof(s), " ".join(map(str, list(s)[:40]))])
    return seen


cases = []
for kind in range(4):
    for spread in (12, 60, 700, 9000):
        seed = kind * 100 + spread
        steps = 4000 if spread < 9000 else 12000
        cases.append({"seed": seed, "kind": kind, "spread": spread, "steps": steps, "seen": run(seed, kind, spread, steps)})
target = pathlib.Path(__file__).with_name("order.golden.json")
target.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
