# What the collector sees of functions, methods and descriptors.
import gc
def mk():
    c=1.5
    def f(a: list=(1,), *, k=2): 
        "doc"
        return c
    f.attr=1
    f.__annotations__
    return f
f=mk(); f.__type_params__=([],)
names={id(f.__code__):'code',id(f.__globals__):'globals',id(f.__builtins__):'builtins',id(f.__module__):'module',id(f.__defaults__):'defaults',id(f.__kwdefaults__):'kwdefaults',id(f.__doc__):'doc',id(f.__name__):'name',id(f.__dict__):'dict',id(f.__closure__):'closure',id(f.__annotations__):'annotations',id(f.__type_params__):'typeparams',id(f.__qualname__):'qualname'}
print([names.get(id(x)) for x in gc.get_referents(f)])
m=[].append
print([type(x).__name__ for x in gc.get_referents(m)], [type(x).__name__ for x in gc.get_referents(len)])
class C:
    x=property(lambda s:1, lambda s,v:1, doc='k')
    def f(self): pass
print([type(x).__name__ for x in gc.get_referents(C.x)], [type(x).__name__ for x in gc.get_referents(C().f)], [type(x).__name__ for x in gc.get_referents(super(C,C()))])
print([type(x).__name__ for x in gc.get_referents(list.append)],[type(x).__name__ for x in gc.get_referents(int.__add__)],[type(x).__name__ for x in gc.get_referents((1).__add__)],[type(x).__name__ for x in gc.get_referents(int.real)], [type(x).__name__ for x in gc.get_referents(C.__dict__)],[type(x).__name__ for x in gc.get_referents(classmethod(len))],[type(x).__name__ for x in gc.get_referents(list[int])],[type(x).__name__ for x in gc.get_referents(int|str)],[type(x).__name__ for x in gc.get_referents(gc)])
