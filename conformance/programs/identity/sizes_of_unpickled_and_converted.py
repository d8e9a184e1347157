"""Room that lists have after unpickling, arrays after conversion; deques whose items change them when compared."""
import array
import copy
import pickle
import sys
from collections import deque

for n in range(12):
    items = [[i] for i in range(n)]
    print(n, [sys.getsizeof(x) for x in (items, copy.copy(items), copy.deepcopy(items), pickle.loads(pickle.dumps(items)))])
    for protocol in range(6):
        print(sys.getsizeof(pickle.loads(pickle.dumps(items, protocol))), end=" ")
    print(sys.getsizeof(array.array("i", array.array("b", range(n)))), sys.getsizeof(array.array("i", array.array("i", range(n)))))


class Clears:
    def __init__(self, equal):
        self.equal = equal

    def __eq__(self, other):
        d.clear()
        return self.equal


for equal in (True, False):
    for name, args in (("count", (5,)), ("index", (5,)), ("__contains__", (5,)), ("remove", (5,))):
        d = deque([Clears(equal), 1])
        try:
            print(name, getattr(d, name)(*args), d)
        except (IndexError, RuntimeError, ValueError) as error:
            print(name, type(error).__name__, error, d)
