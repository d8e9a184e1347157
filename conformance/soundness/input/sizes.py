# expect: end
import itertools
import struct
import time

huge, big = 2**40, 2**31
for action in (
    lambda: "x" * huge, lambda: b"x" * huge, lambda: [0] * huge, lambda: (0,) * huge, lambda: bytearray(huge), lambda: bytes(huge), lambda: "%1000000000d" % 1,
    lambda: "%*d" % (10**12, 1), lambda: format(1, "1000000000d"), lambda: f"{'a':>{10**12}}", lambda: "a".zfill(huge), lambda: "a".center(huge), lambda: "a".ljust(big),
    lambda: 1 << huge, lambda: 10 ** (10**10), lambda: 2 ** (2**34), lambda: 10 ** 10**10, lambda: (1).to_bytes(huge, "big"), lambda: list(range(huge)), lambda: list(itertools.repeat(0, huge)),
    lambda: "ab".replace("", "x" * 10**7 * 100), lambda: ("a" * 10**6).join(["b"] * 10**6), lambda: "\t".expandtabs(huge), lambda: int("9" * 10**6), lambda: [0] * 10**7 * 100, lambda: bytearray(b"a") * huge,
    lambda: b"a".ljust(huge), lambda: "%.1000000000f" % 1.0, lambda: format(1.0, ".1000000000f"), lambda: round(1, -huge), lambda: itertools.product([1], repeat=huge),
    lambda: __import__("struct").pack(f"{huge}x"), lambda: __import__("array").array("q", [0]) * huge, lambda: __import__("collections").deque([0]) * huge,
):
    start = time.monotonic()
    try:
        action()
    except (MemoryError, OverflowError, ValueError, struct.error):
        pass
    took = time.monotonic() - start
    assert took < 10, (action.__code__.co_firstlineno, [c for c in action.__code__.co_consts], took)
