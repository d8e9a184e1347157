"""CPython keeps dead awaitables of asynchronous generators, and the values they wrap, in free lists; here they are freed
at once, so that generation 0 counts less."""

import gc


async def numbers():
    yield 1


gc.collect()
generator = numbers()
awaitable = generator.asend(None)
del awaitable
print(gc.get_count()[0])
