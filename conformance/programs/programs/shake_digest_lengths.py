"""Lengths of digests that the two kinds of SHAKE objects take and refuse."""
import _sha3
import hashlib


def show(make, length):
    for name in 'digest', 'hexdigest':
        try:
            print(length, name, len(getattr(make(), name)(length)))
        except (ValueError, OverflowError, TypeError) as e:
            print(length, name, type(e).__name__, e)


for length in 5, 0, 2**29, 2**32 + 10, 2**64 - 10, 2**64 + 10, -1, -2**70, 'a':
    show(_sha3.shake_128, length)
for length in 5, 0, 2**64, -2**70, 'a':
    show(hashlib.shake_256, length)
