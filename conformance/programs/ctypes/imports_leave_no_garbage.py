"""`ctypes` imports other modules, and a collection comes before it is there."""
import gc, sys, ctypes, weakref


class Node:
    pass


print(gc.collect(), "types" in sys.modules, "struct" in sys.modules)
node = Node()
node.me = node
address = id(node)
print(ctypes.c_long.from_address(address).value)
del node
print(ctypes.c_long.from_address(address).value, gc.collect())
