"""What an iteration over an OrderedDict says of each way to change it meanwhile."""
from collections import OrderedDict

CHANGES = {
    "clear": lambda od: od.clear(),
    "update": lambda od: od.update(z=1),
    "pop": lambda od: od.pop(1),
    "init": lambda od: od.__init__({7: 8}),
    "clear and refill": lambda od: (od.clear(), od.update({5: 6, 7: 8})),
    "same value": lambda od: od.__setitem__(3, 4),
    "move": lambda od: od.move_to_end(1),
}

for name, change in CHANGES.items():
    od = OrderedDict({1: 2, 3: 4, 9: 9})
    try:
        for key in od:
            change(od)
        print(name, "ended", list(od))
    except RuntimeError as error:
        print(name, error)
    for view in (od.keys(), od.items(), reversed(od)):
        iterator = iter(view)
        first = next(iterator, None)
        change(od) if 1 in od else None
        try:
            print(first, next(iterator, "end"))
        except (RuntimeError, KeyError) as error:
            print(first, repr(error))
