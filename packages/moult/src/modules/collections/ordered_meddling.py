"""A comparison that empties the ordered dict it is made for. CPython 3.12.1 ends with a segmentation fault here."""
from collections import OrderedDict


class Meddling:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if Meddling.on:
            Meddling.on = False
            target.clear()
        return self is other


Meddling.on = False
for operation in ('copy', 'values', 'eq', 'pop', 'set'):
    target = OrderedDict((Meddling(i), i) for i in range(4))
    other = OrderedDict((Meddling(i), i) for i in range(4))
    Meddling.on = True
    try:
        if operation == 'copy':
            target.copy()
        elif operation == 'values':
            list(target.values())
        elif operation == 'eq':
            target == other
        elif operation == 'pop':
            target.pop(Meddling(9), None)
        else:
            target[Meddling(9)] = 9
    except (RuntimeError, KeyError):
        pass
    Meddling.on = False
print('survived')
