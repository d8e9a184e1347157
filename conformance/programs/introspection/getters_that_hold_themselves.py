"""Reprs of operator's getters and callers: of what holds itself, and what the first repr of a program leaves behind."""
import gc
import operator

gc.disable()
gc.collect()
gc.freeze()
frozen = gc.get_freeze_count()
repr(operator.itemgetter(0))
gc.freeze()
print(gc.get_freeze_count() - frozen)

box = []
for made in (
    operator.itemgetter(box),
    operator.itemgetter(1, box),
    operator.methodcaller("name", box),
    operator.methodcaller("name", key=box),
):
    box[:] = [made]
    print(made, box)


class Named(str):
    def __repr__(self):
        raise LookupError("no repr")


for made in (operator.itemgetter(Named()), operator.methodcaller("m", Named("x"))):
    for _ in range(2):
        try:
            repr(made)
        except LookupError as error:
            print(error)
print(operator.attrgetter("a", "b.c"))
box.clear()
