import asyncio


async def child(n):
    await asyncio.sleep(0)
    if n == 2:
        raise ValueError("two")
    return [n]


async def main():
    results = await asyncio.gather(child(1), child(2), child(3), return_exceptions=True)
    t = asyncio.create_task(child(5))
    q = asyncio.Queue()
    await q.put(1)
    await q.get()
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        pass
    async with asyncio.Lock():
        pass
    return results


def step():
    # Without an event loop of its own, which needs sockets: the coroutines are driven by hand.
    coro = child(1)
    try:
        while True:
            coro.send(None)
    except StopIteration as e:
        return e.value


def test():
    assert step()
    f = asyncio.Future(loop=Loop())
    f.add_done_callback(lambda f: None)
    f.set_result(1)
    assert f.result() == 1 and repr(f)


class Loop:
    def call_soon(self, f, *args, context=None):
        f(*args)

    def get_debug(self):
        return False
