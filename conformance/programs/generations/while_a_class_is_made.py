"""What is tracked while a class body runs, and while a partial object calls what wants a tuple."""
import functools
import gc
import types

gc.disable()
gc.collect()
gc.freeze()


def tracked():
    names = [type(o).__name__ for o in gc.get_objects()]
    gc.freeze()
    return names


tracked()


class Plain:
    print(tracked())


class Meta(type):
    @classmethod
    def __prepare__(cls, name, bases, **keywords):
        return {}


tracked()


class WithMeta(metaclass=Meta):
    print(tracked())


shared = (1,)
held = functools.partial(functools.lru_cache(2)(lambda q: shared), shared)
tracked()
held()
print(tracked())
bare = functools.partial(functools.lru_cache(2)(lambda q=None: q))
tracked()
bare(shared)
print(tracked())

for o in (types.SimpleNamespace(a=1), type('Sub', (types.SimpleNamespace,), {})(a=1)):
    try:
        o.__dict__ = {}
    except AttributeError as error:
        print(error)
    try:
        del o.__dict__
    except AttributeError as error:
        print(error)
print(types.SimpleNamespace.__dict__['__dict__'])
