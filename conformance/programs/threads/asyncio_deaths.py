"""Weak references, counts and sizes of tasks and futures."""
import asyncio
import gc
import sys
import weakref

log = []


class Payload:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(f"del {self.name}")


async def worker(name, delay):
    payload = Payload(name)
    await asyncio.sleep(delay)
    return payload.name


async def sizes():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.current_task()
    print("sizes", sys.getsizeof(future), sys.getsizeof(task), sys.getsizeof(future.__await__()))
    print("basic", type(future).__basicsize__, type(task).__basicsize__)
    print("future refs", sys.getrefcount(future))
    future.add_done_callback(print)
    print("with callback", sys.getrefcount(future), len(future._callbacks))
    future.set_result(1)
    print("scheduled", sys.getrefcount(future), future._callbacks)
    await asyncio.sleep(0)
    print("after", sys.getrefcount(future))
    print("task refs", sys.getrefcount(task))
    print(hasattr(future, "__dict__"), future.__class__.__name__)
    future.note = "kept"
    print(future.note, gc.is_tracked(future))


async def deaths():
    task = asyncio.create_task(worker("a", 0))
    ref = weakref.ref(task, lambda r: log.append("task died"))
    print("alive", ref() is task, sys.getrefcount(task))
    print(await task)
    print("done", sys.getrefcount(task))
    del task
    print("ref", ref() and ref().get_name(), log)
    log.clear()
    group = [asyncio.create_task(worker(f"g{i}", 0.001 * i), name=f"n{i}") for i in range(4)]
    refs = [weakref.ref(t) for t in group]
    print([t.get_name() for t in group])
    done = await asyncio.gather(*group)
    print(done, [sys.getrefcount(t) for t in group])
    del group
    print([r() and r().get_name() for r in refs], log)
    log.clear()


async def cycles():
    gc.collect()
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda f, own=future: own)
    ref = weakref.ref(future)
    del future
    print("cycle alive", ref() is not None)
    print("collected", gc.collect(), ref())
    task = asyncio.create_task(asyncio.sleep(10))
    task._me = [task]
    await asyncio.sleep(0)
    task.cancel("stop")
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args, error.__context__, sys.getrefcount(task))
    ref = weakref.ref(task)
    del task
    print("before", ref() is None)
    gc.collect()
    print("after", ref() is None)


async def exceptions():
    async def fail():
        payload = Payload("failing")
        raise ValueError("no")

    task = asyncio.create_task(fail())
    try:
        await task
    except ValueError as error:
        print("caught", error, sys.getrefcount(error))
        names = []
        tb = error.__traceback__
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(names, log)
    print(task.exception(), log)
    del task
    gc.collect()
    print(log)
    log.clear()


async def never_retrieved():
    def handler(loop, context):
        print("handler", sorted(context), context["message"], context.get("exception"))

    asyncio.get_running_loop().set_exception_handler(handler)
    future = asyncio.get_running_loop().create_future()
    future.set_exception(KeyError("lost"))
    del future
    task = asyncio.create_task(worker("pending", 5))
    await asyncio.sleep(0)
    all_now = asyncio.all_tasks()
    print(len(all_now), len(asyncio.tasks._scheduled_tasks), sorted(t.get_name() for t in all_now))
    all_now = None
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print(task.cancelled(), task.cancelling(), task.uncancel(), log)
    print(repr(task)[:40], task.get_coro().__qualname__)


class Sub(asyncio.Future):
    def __init__(self, name):
        super().__init__()
        self.name = name

    def __del__(self):
        log.append(f"sub {self.name}")


async def subclass():
    log.clear()
    sub = Sub("x")
    print(sys.getsizeof(sub), sys.getrefcount(sub), sub.name)
    sub.set_result(3)
    print(await sub)
    del sub
    print(log)
    sub = Sub("y")
    sub.other = sub
    del sub
    print(gc.collect(), log)


async def eager():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)

    async def quick():
        return asyncio.current_task().get_name()

    task = asyncio.create_task(quick(), name="eager")
    print(task.done(), task.result(), sys.getrefcount(task))
    task = asyncio.create_task(asyncio.sleep(0, "later"))
    print(task.done(), len(asyncio.tasks._eager_tasks), await task)
    loop.set_task_factory(None)


async def counts():
    gc.collect()
    gc.disable()
    for size in (1, 10, 100):
        before = gc.get_count()[0]
        futures = [asyncio.get_running_loop().create_future() for _ in range(size)]
        made = gc.get_count()[0] - before
        for f in futures:
            f.set_result(None)
            await f
        futures = None
        print(size, made, gc.get_count()[0] - before)
    gc.enable()


for part in (sizes, deaths, cycles, exceptions, never_retrieved, subclass, eager, counts):
    print("--", part.__name__)
    asyncio.run(part())
