class C:
    def __init__(self, x):
        self.a = 1
        if x:
            self.m = lambda: 'instance'
        self.b = 2

    def m(self):
        return 'class'


def call(o):
    return o.m()


hidden = C(True)
for o in [C(False), C(False), hidden, C(False), hidden]:
    print(call(o))
