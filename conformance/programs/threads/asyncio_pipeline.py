"""A crawler-like pipeline: queues, semaphores, task groups, timeouts, locks, events, conditions."""
import asyncio
import contextlib
import contextvars
import logging
import random
import sys
import time
import traceback

request_id = contextvars.ContextVar("request_id", default="-")
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s", level=logging.INFO)
logger = logging.getLogger("pipeline")
rng = random.Random(7)


class Store:
    def __init__(self):
        self.data = {}
        self.lock = asyncio.Lock()
        self.changed = asyncio.Condition(self.lock)

    async def put(self, key, value):
        async with self.changed:
            await asyncio.sleep(0)
            self.data[key] = value
            self.changed.notify_all()

    async def wait_for(self, count):
        async with self.changed:
            await self.changed.wait_for(lambda: len(self.data) >= count)
            return dict(sorted(self.data.items()))


async def producer(queue, n):
    for i in range(n):
        await queue.put(f"page-{i}")
        if i % 3 == 0:
            await asyncio.sleep(0)
    for _ in range(3):
        await queue.put(None)


async def fetch(name, gate):
    request_id.set(name)
    async with gate:
        await asyncio.sleep(0.001)
        if name.endswith("4"):
            raise ConnectionError(f"cannot get {name}")
        return len(name) * 2 + len(request_id.get())


async def consumer(number, queue, store, gate, errors):
    handled = 0
    while (item := await queue.get()) is not None:
        try:
            await store.put(item, await fetch(item, gate))
        except ConnectionError as error:
            errors.append(str(error))
        else:
            handled += 1
        finally:
            queue.task_done()
    queue.task_done()
    return number, handled > 0


async def pipeline():
    queue = asyncio.Queue(maxsize=4)
    store = Store()
    gate = asyncio.Semaphore(2)
    errors = []
    async with asyncio.TaskGroup() as group:
        group.create_task(producer(queue, 12), name="producer")
        consumers = [group.create_task(consumer(i, queue, store, gate, errors), name=f"c{i}") for i in range(3)]
        waiter = group.create_task(store.wait_for(11))
    await queue.join()
    print([c.result() for c in consumers], errors)
    print(waiter.result())
    logger.info("%d pages, context %s", len(store.data), request_id.get())


async def groups():
    async def bad(delay, exc):
        await asyncio.sleep(delay)
        raise exc

    async def good():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            print("good was cancelled")
            raise

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(good())
            tg.create_task(bad(0, ValueError("first")))
            tg.create_task(bad(0, TypeError("second")))
    except* ValueError as eg:
        print("values", eg.exceptions)
    except* TypeError as eg:
        print("types", eg.exceptions)


async def timeouts():
    try:
        async with asyncio.timeout(0.01) as scope:
            await asyncio.sleep(10)
    except TimeoutError:
        print("timed out", scope.expired())
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except asyncio.TimeoutError as error:
        print("wait_for", repr(error))
    done, pending = await asyncio.wait(
        [asyncio.create_task(asyncio.sleep(0.001 * i, i)) for i in (1, 30000, 2)], timeout=1.5
    )
    print(sorted(t.result() for t in done), len(pending))
    for task in pending:
        task.cancel()
    shielded = asyncio.create_task(asyncio.sleep(0.01, "inner"))
    outer = asyncio.ensure_future(asyncio.shield(shielded))
    await asyncio.sleep(0)
    outer.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await outer
    print(outer.cancelled(), await shielded)
    for fut in asyncio.as_completed([asyncio.sleep(0.25 * i, i) for i in (3, 1, 2)]):
        print("completed", await fut)


async def generators():
    async def ticker(n):
        try:
            for i in range(n):
                yield i
                await asyncio.sleep(0)
        finally:
            print("ticker closed")

    print([x async for x in ticker(3)], {x: x * x async for x in ticker(2)})
    async for x in ticker(5):
        if x == 1:
            break
    async with contextlib.aclosing(ticker(3)) as t:
        print(await anext(t))
    stack = contextlib.AsyncExitStack()
    async with stack:
        stack.push_async_callback(asyncio.sleep, 0)
        stack.callback(print, "left")


async def threads():
    loop = asyncio.get_running_loop()
    result = await asyncio.to_thread(sum, range(1000))
    print(result, await loop.run_in_executor(None, time.sleep, 0.001))
    def from_thread():
        return asyncio.run_coroutine_threadsafe(asyncio.sleep(0, "threadsafe"), loop).result()
    print(await asyncio.to_thread(from_thread))


async def failing():
    async def inner():
        await asyncio.sleep(0)
        raise LookupError("deep")

    async def middle():
        await inner()

    task = asyncio.create_task(middle(), name="mid")
    try:
        await task
    except LookupError:
        print(traceback.format_exc().count("in inner"))
    print(repr(task).replace(__file__, "FILE"))
    print(len(task.get_stack()))
    barrier = asyncio.Barrier(2)
    async def meet(i):
        return await barrier.wait() in (0, 1)
    print(await asyncio.gather(meet(1), meet(2)), barrier.n_waiting)
    pq = asyncio.PriorityQueue()
    for x in (3, 1, 2):
        pq.put_nowait(x)
    print([pq.get_nowait() for _ in range(3)], pq.empty())


for part in (pipeline, groups, timeouts, generators, threads, failing):
    print("##", part.__name__)
    asyncio.run(part(), debug=False)
