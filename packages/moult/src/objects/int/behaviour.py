"""Operators on integers of every form, at the limits between the forms, and their sizes."""

EDGES = [0, 1, -1, 5, -5, 256, 257, -6, 2**29, -2**29, 2**30 - 1, 1 - 2**30, 2**30, -2**30, 2**31, 2**53, -2**53, 2**60, 10**30]
HUGE = [2**100 - 1, 2**1000 - 1, 2**1024, 2**1100, 2**2048 - 1, 2**2048, -2**2048 + 1]
SOME = [(-1) ** i * (6364136223846793005 ** (i + 1) % 2 ** (7 * i + 3)) for i in range(12)]


def operate(a, b, shift):
    yield lambda: a + b
    yield lambda: a - b
    yield lambda: a * b
    yield lambda: a // b
    yield lambda: a % b
    yield lambda: a & b
    yield lambda: a | b
    yield lambda: a ^ b
    yield lambda: a >> shift
    yield lambda: a << shift
    yield lambda: a / b
    yield lambda: (a < b, a <= b, a == b, a != b, a > b, a >= b)


def outcome(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


for a in EDGES + HUGE:
    print(a.bit_length(), a.__sizeof__())
for a in EDGES + SOME:
    for b in EDGES + SOME:
        print(a, b, *(outcome(call) for call in operate(a, b, b if -3 < b < 100 else 7)))
print(8569000324220073 // -3334345750837607)
