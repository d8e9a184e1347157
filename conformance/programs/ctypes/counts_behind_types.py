"""The count of an object is read as such whatever lies before it in memory."""
import ctypes


def count_of(o):
    return ctypes.c_ssize_t.from_address(id(o)).value


counts = set()
kept = []
for size in range(1, 12):
    for i in range(300):
        kept.append((None,) * size + (list,))
        kept.append(str(i) * (8 * (size + 1) - 8))
        kept.append([i])
for o in kept:
    if type(o) is not int:
        counts.add(count_of(o))
print(sorted(counts - {4294967295}))
