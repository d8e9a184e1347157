import abc
import collections.abc as ca
import numbers


def test():
    class A(abc.ABC):
        @abc.abstractmethod
        def f(self): ...

        @property
        @abc.abstractmethod
        def p(self): ...

    class B(A):
        def f(self):
            return 1

        p = 5

    @A.register
    class C:
        pass

    assert isinstance(B(), A) and issubclass(C, A) and isinstance(C(), A) and not isinstance(5, A) and A.__abstractmethods__ and abc.get_cache_token()
    assert isinstance([], ca.Sequence) and issubclass(dict, ca.Mapping) and isinstance(5, numbers.Integral) and isinstance(iter([]), ca.Iterator) and not isinstance(5, ca.Sized)

    class M(ca.MutableMapping):
        def __init__(self):
            self.d = {}

        def __getitem__(self, k):
            return self.d[k]

        def __setitem__(self, k, v):
            self.d[k] = v

        def __delitem__(self, k):
            del self.d[k]

        def __iter__(self):
            return iter(self.d)

        def __len__(self):
            return len(self.d)

    m = M()
    m.update(a=1)
    assert m.pop("a") == 1 and m.setdefault("b", 2) and list(m.items()) and m == {"b": 2} and isinstance(m, ca.Mapping)
    try:
        A()
    except TypeError as e:
        str(e)
