# Statements and comprehensions that await.
import sys
async def g():
    try:
        x = yield 1
        print('got', x)
        yield 2
    finally:
        print('fin')
def run(c):
    while True:
        try: c.send(None)
        except StopIteration as e: return e.value
async def main():
    async for v in g(): print(v)
    a = g()
    print(await a.__anext__(), await a.asend(5))
    print(a.ag_running, a.ag_frame is not None, a.ag_suspended, a.ag_await, a.ag_code.co_name)
    await a.aclose()
    try: await a.__anext__()
    except StopAsyncIteration as e: print(repr(e), e.__context__)
    a = g()
    try: print(await a.athrow(ValueError('x')))
    except ValueError as e: print(repr(e))
    a = g(); await a.__anext__()
    try: print(await a.athrow(ValueError('x')))
    except ValueError as e: print(repr(e))
    print([x async for x in g()], {x async for x in g()}, {x:x async for x in g()})
    print([y async for y in (x+1 async for x in g())])
run(main())
import gc; gc.collect()
class G:
    async def __aenter__(self): print('enter'); return 1
    async def __aexit__(self, *a): print('exit', a[0]); return True
async def m2():
    async with G() as x: raise ValueError(3)
    async with G() as x: return x
print(run(m2()))
