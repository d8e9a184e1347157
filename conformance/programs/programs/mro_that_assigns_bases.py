# Metaclasses whose mro() assigns the bases of the class being made.
import gc


entered = []


class M(type):
    def mro(cls):
        if cls.__mro__ is None and not entered:
            entered.append(cls.__name__)
            cls.__bases__ += ()
        return type.mro(cls)


for i in range(3):
    entered.clear()
    class A(metaclass=M):
        pass
    print(A.__mro__ == (A, object), A.__bases__, object.__subclasses__().count(A))

    class B(A):
        pass
    print(B.__mro__ == (B, A, object), A.__subclasses__())
    del A, B
    print(gc.collect() > 0)
