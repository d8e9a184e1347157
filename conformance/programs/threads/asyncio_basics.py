import asyncio
async def child(n, d):
    await asyncio.sleep(d)
    print('child', n)
    return n
async def main():
    print(await asyncio.gather(*(child(i, 0.3 - i / 10) for i in range(3))))
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(child('a', 0.1)); b = tg.create_task(child('b', 0))
    print(a.result(), b.result())
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(1)
    except TimeoutError as e: print('timeout', repr(e))
    q = asyncio.Queue(2)
    async def prod():
        for i in range(4): await q.put(i); print('put', i)
    async def cons():
        for i in range(4): print('got', await q.get())
    await asyncio.gather(prod(), cons())
    t = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled', t.cancelled())
    import time
    print(await asyncio.gather(asyncio.to_thread(lambda: (time.sleep(.2), print('x'))), asyncio.to_thread(lambda: (time.sleep(0.1), print('y')))))
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, [1,2]))
    async def agen():
        try:
            for i in range(3): yield i
        finally: print('agen closed')
    async for x in agen():
        if x == 1: break
    async def bad(): raise ValueError('bad')
    r = await asyncio.gather(bad(), child(1,0), return_exceptions=True); print(r)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(bad()); tg.create_task(asyncio.sleep(5))
    except* ValueError as eg: print(eg.exceptions)
asyncio.run(main())

