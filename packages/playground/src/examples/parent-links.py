import gc

gc.disable()  # so that only counting frees anything


class Node:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

    def __del__(self):
        print(self.name, "is gone")


tree = Node("root")
left = Node("left", tree)
right = Node("right", tree)
Node("leaf", left)

del left, right
tree = None  # nobody holds the tree any more
print("has anything died?")
print("the collector finds", gc.collect())
