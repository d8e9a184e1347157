"""Where a collection that is due waits: a call of list.append or of a class is not followed by a look at the breaker."""
import gc
gc.collect(); gc.freeze(); gc.collect()
class Node:
    def __init__(self, n): self.n=[n]
for what in range(7):
    b = []
    gc.collect()
    for each in range(300):
        if what==0: b.append((each, [])); b.append(b[:1])
        elif what==1: b.append({}); b.append(b[:1])
        elif what==2: b.append(Node(each))
        elif what==3: b.append([Node(each)])
        elif what==4: b.append(lambda: each)
        elif what==5: b.append([[]]); b.append((each,b))
        elif what==6: b.append(len([[each]])); b.append({1:[]}); isinstance([], list)
    print(what, gc.get_count())
