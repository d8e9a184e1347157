# A collection that starts while print asks for the text of an object: what print holds counts.
import gc

gc.collect()
gc.freeze()
gc.collect()


class Node:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"node {self.n}"

    def __del__(self):
        print("del", self)


for extra in range(4):
    kept = [[] for _ in range(extra)]
    for each in range(400):
        loop = [Node(each)]
        loop[0] = [loop]
    print(extra, gc.get_count())
for extra in range(6):
    gc.collect()
    kept = [[] for _ in range(690 + extra)]
    print(extra)
    print(extra, sep=[].append and "")
    print(gc.get_count())
