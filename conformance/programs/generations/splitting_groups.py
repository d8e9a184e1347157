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


def caught(make):
    gc.collect()
    before = gc.get_count()[0]
    try:
        raise make()
    except* ValueError as error:
        pass
    except* Exception as error:
        pass
    return gc.get_count()[0] - before


for make in (lambda: ExceptionGroup('group', [ValueError(1), KeyError(1)]), lambda: ExceptionGroup('group', [KeyError(1)]),
             lambda: ExceptionGroup('group', [ValueError(1)]), lambda: ValueError(1), lambda: KeyError(1),
             lambda: ExceptionGroup('group', [group, KeyError(1)])):
    caught(make)
    print(caught(make))
