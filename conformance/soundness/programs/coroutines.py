class Wait:
    def __await__(self):
        got = yield "wait"
        return got


async def leaf(n):
    return await Wait(), n


async def agen(n):
    try:
        for i in range(n):
            got = yield i
            await Wait()
    finally:
        await Wait()


class Manager:
    async def __aenter__(self):
        await Wait()
        return self

    async def __aexit__(self, *exc):
        await Wait()
        return True


async def main():
    async with Manager() as m:
        raise ValueError("swallowed")
    values = [x async for x in agen(3)]
    total = {x: x async for x in agen(2) if x}
    async for x in agen(3):
        if x == 1:
            break
    g = agen(3)
    await g.asend(None)
    await g.asend(5)
    try:
        await g.athrow(KeyError("k"))
    except KeyError as e:
        str(e)
    h = agen(2)
    await anext(h)
    await h.aclose()
    assert await anext(h, "default") == "default"
    return values, total, await leaf(1)


def drive(coro):
    value = None
    try:
        while True:
            coro.send(value)
            value = [1]
    except StopIteration as e:
        return e.value


def test():
    assert drive(main())
    c = main()
    c.send(None)
    c.close()
    d = leaf(1)
    d.send(None)
    try:
        d.throw(RuntimeError("x"))
    except RuntimeError as e:
        str(e)
    e = agen(2).asend(None)
    assert repr(e) and repr(leaf) and drive(leaf(3))
    e.close()
