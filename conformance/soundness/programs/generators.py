def gen(n):
    try:
        for i in range(n):
            x = yield i
            if x:
                yield x * 2
    finally:
        done = [n]


def delegate():
    result = yield from gen(3)
    r = yield from [1, 2]
    return [result, r]


def test():
    assert list(gen(5)) and sum(x * x for x in gen(4)) and list(delegate())
    g = gen(10)
    next(g), g.send(5), g.send(None)
    try:
        g.throw(ValueError("thrown"))
    except ValueError as e:
        str(e)
    h = gen(3)
    next(h)
    h.close()
    d = delegate()
    next(d)
    try:
        d.throw(KeyError)
    except KeyError as e:
        repr(e)
    held = []

    def cyclic():
        yield held

    c = cyclic()
    next(c)
    held.append(c)
    assert repr(c) and c.gi_frame.f_locals is not None and c.gi_code

    def returns():
        return (1, 2)
        yield

    try:
        next(returns())
    except StopIteration as e:
        assert e.value
    half = gen(5)
    next(half)
    held.clear()
    return [*gen(3)], dict((i, i) for i in gen(3)), max(gen(4)), "".join(str(i) for i in gen(3))
