"""Bases, orders and names that change while they are used."""

class OddKey:
    def __hash__(self):
        return hash('mykey')

    def __eq__(self, other):
        X.__bases__ = (Base2,)


class Base:
    mykey = 'from Base'
    mykey2 = 'from Base'


class Base2:
    mykey = 'from Base2'
    mykey2 = 'from Base2'


X = type('X', (Base,), {OddKey(): 5})
print(X.mykey)
print(X.mykey2)


class M(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ == 'Incomplete':
            try:
                type('Extending', (cls,), {})
            except TypeError as e:
                print(e)
        return type.mro(cls)


class Incomplete(metaclass=M):
    pass


class N(type):
    def mro(cls):
        if cls.__mro__ is not None and cls.__name__ == 'B1' and N.ready:
            N.ready = False
            try:
                B2.__bases__ = (B1,)
            except TypeError as e:
                print(e)
        return type.mro(cls)


N.ready = False


class A1(metaclass=N):
    pass


class B1(A1):
    pass


class B2(A1):
    pass


N.ready = True
B1.__bases__ = (B2,)
print([c.__name__ for c in B1.__mro__])


class Name(str):
    pass


class Slotted:
    __slotnames__ = [Name('spam')]

    def __getattr__(self, attr):
        if attr == 'spam':
            Slotted.__slotnames__[:] = [Name('spam')]
            return 42
        raise AttributeError


print(Slotted().__reduce_ex__(2)[2])
