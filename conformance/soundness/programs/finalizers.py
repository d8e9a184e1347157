import gc

log = []


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append("del " + self.name)


class Lazarus:
    def __del__(self):
        kept.append(self)


kept = []


def test():
    a = D("a")
    b = D("b")
    b.me = b
    c, d = D("c"), D("d")
    c.other, d.other = d, c
    del a, b, c, d
    l = Lazarus()
    l.me = l
    del l
    gc.collect()
    kept.clear()
    gc.collect()
    log.clear()
