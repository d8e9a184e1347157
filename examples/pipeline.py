"""An asynchronous pipeline: sources, stages and a sink joined by bounded queues, with timeouts, retries and cancellation.

Work flows from a crawler through parsers to an index. Slow services are simulated by a clock that jumps: the event loop's time
goes forward as soon as nothing can run, so the program takes no time and always prints the same.

What to look at in Moult: a coroutine that waits is a frame in the heap. A cancelled task unwinds through its `finally` blocks; the
last section counts the tasks and frames that are left when everything is over.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


# --- A loop whose time is simulated -----------------------------------------------------------------------------------


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: when only timers are left, its clock jumps to the earliest."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self._now = max(self._now, self._scheduled[0].when())
        super()._run_once()


def run(main: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(main)


def log(text: str) -> None:
    print(f"{asyncio.get_running_loop().time():6.2f}  {text}")


# --- The world outside ------------------------------------------------------------------------------------------------


class ServiceError(Exception):
    """A request that failed; another may succeed."""


@dataclass
class Site:
    """A web site of a few pages: for each a delay, how often it fails, and a text with links in brackets."""

    pages: dict[str, tuple[float, int, str]]
    requests: int = 0
    failures: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def fetch(self, name: str) -> str:
        self.requests += 1
        delay, failures, text = self.pages[name]
        await asyncio.sleep(delay)
        if self.failures[name] < failures:
            self.failures[name] += 1
            raise ServiceError(f"{name} is busy")
        return text


SITE = {
    "home": (0.2, 0, "Welcome to the garden. See [trees] and [flowers]."),
    "trees": (0.5, 1, "Oaks are old. Beeches shade [moss] and [flowers]."),
    "flowers": (0.3, 0, "Roses are red. [bees] like them."),
    "moss": (0.4, 3, "Moss is soft and green."),
    "bees": (9.0, 0, "Bees are busy."),
}


# --- Parts that pipelines are made of ---------------------------------------------------------------------------------


async def retrying(attempt: Callable[[], Awaitable[T]], times: int, timeout: float) -> T:
    """Try a few times, waiting longer before each; give up at once when an attempt takes too long."""
    for number in range(1, times + 1):
        try:
            async with asyncio.timeout(timeout):
                return await attempt()
        except ServiceError as error:
            if number == times:
                raise
            log(f"{error}, waiting {0.1 * 2**number:.1f} s")
            await asyncio.sleep(0.1 * 2**number)
    raise AssertionError("times must be positive")


class Stage:
    """Workers that take from one queue and put into another."""

    def __init__(self, name: str, work: Callable[[Any], AsyncIterator[Any]], size: int) -> None:
        self.name = name
        self.inbox: asyncio.Queue[Any] = asyncio.Queue(maxsize=size)
        self.outbox: asyncio.Queue[Any] | None = None
        self.handled = 0
        self._work = work

    async def run(self) -> None:
        """Handle items until cancelled."""
        while True:
            item = await self.inbox.get()
            try:
                async for result in self._work(item):
                    if self.outbox is not None:
                        await self.outbox.put(result)
                self.handled += 1
            finally:
                self.inbox.task_done()


class Pipeline:
    """Stages in a row, each with a number of workers."""

    def __init__(self, *stages: tuple[Stage, int]) -> None:
        self.stages = [stage for stage, _ in stages]
        self._workers = [(stage, n) for stage, count in stages for n in range(count)]
        for before, after in zip(self.stages, self.stages[1:]):
            before.outbox = after.inbox

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Queue[Any]]:
        """Give the queue of the first stage; at the end handle what is in the queues, then stop the workers."""
        tasks = [asyncio.create_task(stage.run(), name=f"{stage.name}-{n}") for stage, n in self._workers]
        try:
            yield self.stages[0].inbox
            await self._settle()
        finally:
            for task in tasks:
                task.cancel()
            endings = await asyncio.gather(*tasks, return_exceptions=True)
            log(f"workers stopped: {sum(isinstance(e, asyncio.CancelledError) for e in endings)} of {len(tasks)}")


    async def _settle(self) -> None:
        """Wait until a round over all stages finds nothing to do: later stages may feed earlier ones."""
        handled = -1
        while handled != (handled := sum(stage.handled for stage in self.stages)):
            for stage in self.stages:
                await stage.inbox.join()


# --- The crawler ------------------------------------------------------------------------------------------------------


class Crawler:
    """Fetches pages, finds links, indexes words."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.seen: set[str] = set()
        self.index: dict[str, set[str]] = defaultdict(set)
        self.lost: dict[str, str] = {}
        fetching, parsing, indexing = (
            Stage("fetch", self.fetch, 10),
            Stage("parse", self.parse, 2),
            Stage("index", self.add, 2),
        )
        self.pipeline = Pipeline((fetching, 2), (parsing, 1), (indexing, 1))

    async def fetch(self, name: str) -> AsyncIterator[tuple[str, str]]:
        try:
            text = await retrying(lambda: self.site.fetch(name), times=3, timeout=2.0)
        except (ServiceError, TimeoutError) as error:
            self.lost[name] = type(error).__name__
            log(f"lost {name}: {type(error).__name__}")
        else:
            log(f"fetched {name}")
            yield name, text

    async def parse(self, page: tuple[str, str]) -> AsyncIterator[tuple[str, str]]:
        name, text = page
        for word in text.replace(".", "").split():
            if word.startswith("["):
                await self.visit(word.strip("[]"))
            else:
                yield name, word.lower()

    async def add(self, entry: tuple[str, str]) -> AsyncIterator[None]:
        name, word = entry
        self.index[word].add(name)
        return
        yield

    async def visit(self, name: str) -> None:
        if name not in self.seen:
            self.seen.add(name)
            await self.pipeline.stages[0].inbox.put(name)

    async def crawl(self, start: str) -> None:
        async with self.pipeline.running():
            await self.visit(start)


# --- The tour ---------------------------------------------------------------------------------------------------------


async def show_crawl() -> None:
    crawler = Crawler(Site(SITE))
    await crawler.crawl("home")
    for stage in crawler.pipeline.stages:
        print(f"        {stage.name}: {stage.handled} handled")
    print("        words on several pages:", sorted(word for word, pages in crawler.index.items() if len(pages) > 1))
    print("        lost:", crawler.lost, "requests:", crawler.site.requests)


async def show_together() -> None:
    async def answer(value: int, delay: float) -> int:
        await asyncio.sleep(delay)
        if value < 0:
            raise ValueError(f"negative: {value}")
        return value * value

    print("        gather:", await asyncio.gather(*(answer(n, 1 / n) for n in (1, 2, 4))))
    results = await asyncio.gather(answer(3, 0.3), answer(-1, 0.1), return_exceptions=True)
    print("        with errors:", results)
    arrivals = [await done for done in asyncio.as_completed([answer(n, 1 / n) for n in (2, 3, 5)])]
    print("        as completed:", arrivals)
    done, pending = await asyncio.wait({asyncio.create_task(answer(n, n)) for n in (1, 5)}, timeout=2)
    print("        wait:", sorted(task.result() for task in done), "still running:", len(pending))
    for task in pending:
        task.cancel()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(answer(-2, 0.5))
            slow = group.create_task(answer(9, 60))
            group.create_task(answer(-3, 0.5))
    except* ValueError as errors:
        print("        group:", sorted(map(str, errors.exceptions)), "the slow one cancelled:", slow.cancelled())
    log("done")


async def show_limits() -> None:
    running = most = 0
    limit = asyncio.Semaphore(3)
    order: list[tuple[float, int]] = []

    async def job(number: int) -> None:
        nonlocal running, most
        async with limit:
            running += 1
            most = max(most, running)
            await asyncio.sleep((number * 7) % 5 / 10 + 0.1)
            heapq.heappush(order, (asyncio.get_running_loop().time(), number))
            running -= 1

    await asyncio.gather(*map(job, range(10)))
    print("        most at once:", most)
    print("        in order of ending:", [number for _, number in (heapq.heappop(order) for _ in range(10))])
    event = asyncio.Event()
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait_for(asyncio.shield(waiting), timeout=0.5)
    except TimeoutError:
        log("timeout, but the shielded task goes on")
    event.set()
    log(f"its result: {await waiting}")


def leftovers() -> int:
    """Coroutines and tasks that are alive."""
    kinds = ("coroutine", "async_generator", "Task", "_asyncio.Task")
    return sum(type(o).__name__ in kinds for o in gc.get_objects())


def main() -> None:
    for title, show in (("crawl", show_crawl), ("together", show_together), ("limits", show_limits)):
        print(f"== {title}")
        run(show())
    gc.collect()
    print("coroutines and tasks alive at the end:", leftovers())


if __name__ == "__main__":
    main()
