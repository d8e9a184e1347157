"""`derive`, `split` and `subgroup` take a tuple of arguments, which goes to a free list: a later tuple does not count as a new object."""
import gc

gc.disable()
group = ExceptionGroup('group', [ValueError(1), KeyError(1)])


def new_tuples():
    """How many of thirty tuples come from no free list."""
    values = [[None]] * 30
    before = gc.get_count()[0]
    made = [tuple(value) for value in values]
    return gc.get_count()[0] - before


for call in (lambda: None, lambda: group.derive([ValueError()]), lambda: group.split(ValueError),
             lambda: group.subgroup(ValueError), lambda: group.split(OSError), lambda: group.split(Exception)):
    call()
    gc.collect()
    call()
    print(new_tuples())
