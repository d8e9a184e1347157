"""An attribute of the class becomes a descriptor after an instruction has learnt where the attribute is."""


class Descriptor:
    pass


class C:
    x = Descriptor()
    y = Descriptor()

    def __init__(self):
        self.x = 1


def x(o):
    return o.x


def y(o):
    return o.y


def put(o, value):
    o.x = value


o = C()
for i in range(30):
    assert x(o) == 1 and y(o) is C.__dict__['y'] and y(C) is C.__dict__['y']
    put(o, 1)
Descriptor.__get__ = lambda self, instance, owner: ('got', instance is o, owner.__name__)
print(x(o), y(o), x(C), y(C))
Descriptor.__set__ = lambda self, instance, value: print('set', value)
print(x(o), y(o))
put(o, 5)
