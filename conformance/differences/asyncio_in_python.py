"""`asyncio` has its tasks and futures in Python: there is no `_asyncio`."""

import asyncio

print(type(asyncio.Future).__name__, asyncio.Future.__module__)
