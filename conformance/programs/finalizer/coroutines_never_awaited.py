import gc
import linecache
import tracemalloc
import warnings


class Held:
    def __del__(self):
        print("del held")


async def nothing(held=None):
    return held


async def outer():
    return await nothing(Held())


def forget():
    nothing(Held())
    print("still in the function")


gc.collect()
coroutine = nothing()
print(coroutine.cr_frame is not None, coroutine.cr_await)
del coroutine
forget()
started = outer()
try:
    started.send(None)
except StopIteration as stop:
    print("returned", type(stop.value).__name__)
    del stop
del started
closed = nothing(Held())
closed.close()
print("closed")
del closed
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    nothing()
    outer()
    print(len(seen), [(str(w.message), w.category.__name__, w.lineno, type(w.source).__name__) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    nothing(Held())
cycle = [nothing(Held())]
cycle.append(cycle)
del cycle
print("collected", gc.collect())
