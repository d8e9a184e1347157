# asyncio: tasks, groups, timeouts, queues, locks, cancellation, threads, asynchronous generators.
import asyncio
import contextvars
import time


async def child(n, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print('child', n)
    return n


async def bad(text='bad'):
    raise ValueError(text)


async def tasks():
    print(await asyncio.gather(*(child(i, 6 - 2 * i) for i in range(3))))
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(child('a', 3))
        b = tg.create_task(child('b', 0))
    print(a.result(), b.result())
    print(await asyncio.gather(bad(), child(1, 0), return_exceptions=True))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(bad('one'))
            tg.create_task(bad('two'))
            tg.create_task(asyncio.Event().wait())
    except* ValueError as group:
        print([str(e) for e in group.exceptions])
    done, pending = await asyncio.wait([asyncio.create_task(child(i, i)) for i in range(2)])
    print(len(done), len(pending))
    for future in asyncio.as_completed([child('slow', 5), child('fast', 1)]):
        print('completed', await future)


async def limits():
    try:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
    except TimeoutError as e:
        print('timeout', repr(e))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except TimeoutError as e:
        print('wait_for', repr(e))
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    task.cancel('enough')
    try:
        await task
    except asyncio.CancelledError as e:
        print('cancelled', e, task.cancelled())

    async def stubborn():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            print('cleaning up')
            raise

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))


async def queues():
    q = asyncio.Queue(2)

    async def produce():
        for i in range(4):
            await q.put(i)
            print('put', i)

    async def consume():
        for _ in range(4):
            print('got', await q.get())
            q.task_done()

    await asyncio.gather(produce(), consume())
    await q.join()
    lock, log = asyncio.Lock(), []

    async def locked(n):
        async with lock:
            log.append(n)
            await asyncio.sleep(0)
            log.append(n)

    await asyncio.gather(*(locked(n) for n in range(3)))
    print(log)
    semaphore, event, condition = asyncio.Semaphore(2), asyncio.Event(), asyncio.Condition()

    async def waits(n):
        async with semaphore:
            await event.wait()
            async with condition:
                await condition.wait()
                return n

    waiting = [asyncio.create_task(waits(n)) for n in range(2)]
    await asyncio.sleep(0)
    print(semaphore.locked())
    event.set()
    for _ in range(3):
        await asyncio.sleep(0)
    async with condition:
        condition.notify_all()
    print(await asyncio.gather(*waiting))


def blocking(seconds, name):
    time.sleep(seconds)
    print('thread', name)
    return name


async def threads():
    loop = asyncio.get_running_loop()
    print(await asyncio.gather(asyncio.to_thread(blocking, 0.3, 'x'), asyncio.to_thread(blocking, 0.1, 'y')))
    print(await loop.run_in_executor(None, sum, [1, 2]))
    future = loop.create_future()
    await asyncio.to_thread(lambda: loop.call_soon_threadsafe(future.set_result, 'from a thread'))
    print(await future)
    try:
        await asyncio.to_thread(int, 'x')
    except ValueError as e:
        print(e)


variable = contextvars.ContextVar('variable', default='main')


async def contexts():
    async def sets(value):
        variable.set(value)
        await asyncio.sleep(0)
        return variable.get()

    print(await asyncio.gather(sets('one'), sets('two')), variable.get())
    print(await asyncio.to_thread(variable.get))


async def numbers(n):
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0)
    finally:
        print('generator closed')


async def generators():
    async for x in numbers(5):
        if x == 2:
            break
    print([x async for x in numbers(3) if x])
    g = numbers(3)
    print(await anext(g))
    await g.aclose()
    left_open = numbers(9)
    print(await anext(left_open))


for main in (tasks, limits, queues, threads, contexts, generators):
    print('--', main.__name__)
    asyncio.run(main())
