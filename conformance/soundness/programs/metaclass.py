def test():
    class Meta(type):
        @classmethod
        def __prepare__(mcls, name, bases, **kwargs):
            return {"prepared": name}

        def __new__(mcls, name, bases, ns, **kwargs):
            return super().__new__(mcls, name, bases, dict(ns))

        def __init__(cls, name, bases, ns, **kwargs):
            super().__init__(name, bases, ns)
            cls.kwargs = kwargs

        def __call__(cls, *args):
            obj = super().__call__(*args)
            obj.made = True
            return obj

        def __instancecheck__(cls, x):
            return x == 5

        def __getitem__(cls, i):
            return i

    class A(metaclass=Meta, option=1):
        def __init__(self, *args):
            self.args = args

        def __set_name__(self, owner, name):
            self.name = name

    class B(A):
        part = A()

    assert B(1).made and isinstance(5, B) and B[3] == 3 and B.prepared == "B" and B.part.name == "part" and A.kwargs

    class C(A, list):
        pass

    C.__bases__ = (B, list)
    try:

        class D(A, type):
            pass

    except TypeError as e:
        str(e)
    return C([1]), C.__mro__
