"""A discrete-event simulation of a coffee shop: processes as generators, one queue of events.

Customers arrive at random, wait for a barista, perhaps give up, then wait for a table. A process is a generator that
yields what it waits for; the simulator keeps a heap of (time, number, process) and always goes on with the earliest.

What to look at in Moult: each customer is a suspended generator, that is a frame in the heap with its locals. When the
shop closes, the events are dropped, and most customers run their `finally` at the moment when the last reference to them
goes. Those who queue for a barista do not: a request knows whom to wake, and that customer's frame holds the request. Such
a cycle is the collector's, which is switched off until the program asks for it.
"""

from __future__ import annotations

import gc
import heapq
import itertools
import random
import statistics
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Process = Generator["Event", None, None]


@dataclass(eq=False)
class Event:
    """Something that happens once. Processes wait for it by yielding it."""

    simulator: Simulator
    happened: bool = False
    waiting: list[Process] = field(default_factory=list, repr=False)

    def succeed(self, delay: float = 0.0) -> Event:
        """Let the event happen `delay` minutes from now."""
        self.simulator.schedule(delay, self)
        return self


class Simulator:
    """The clock and the queue of events."""

    def __init__(self) -> None:
        self.now = 0.0
        self.steps = 0
        self._queue: list[tuple[float, int, Event]] = []
        self._numbers = itertools.count()

    def schedule(self, delay: float, event: Event) -> None:
        # The number keeps events of one moment in the order in which they were scheduled.
        heapq.heappush(self._queue, (self.now + delay, next(self._numbers), event))

    def timeout(self, delay: float) -> Event:
        return Event(self).succeed(delay)

    def start(self, process: Process, delay: float = 0.0) -> None:
        self.timeout(delay).waiting.append(process)

    def run(self, until: float) -> None:
        """Handle all events up to a time."""
        while self._queue and self._queue[0][0] <= until:
            self.now, _, event = heapq.heappop(self._queue)
            self.steps += 1
            if event.happened:
                continue
            event.happened = True
            for process in event.waiting:
                self._resume(process)
            event.waiting.clear()
        self.now = until

    def pending(self) -> int:
        return len(self._queue)

    def clear(self) -> None:
        """Forget what has not happened yet, the latest first."""
        while self._queue:
            self._queue.remove(max(self._queue))

    @staticmethod
    def _resume(process: Process) -> None:
        event = next(process, None)
        while event is not None and event.happened:
            event = next(process, None)
        if event is not None:
            event.waiting.append(process)


class Resource:
    """A number of equal things that one process at a time can hold: baristas, tables."""

    def __init__(self, simulator: Simulator, name: str, capacity: int) -> None:
        self.simulator = simulator
        self.name = name
        self.capacity = capacity
        self.in_use = 0
        self.busy_minutes = 0.0
        self._queue: deque[Event] = deque()
        self._changed_at = 0.0

    def request(self) -> Event:
        event = Event(self.simulator)
        if self.in_use < self.capacity:
            self._set(self.in_use + 1)
            event.happened = True
        else:
            self._queue.append(event)
        return event

    def release(self) -> None:
        if self._queue:
            self._queue.popleft().succeed()
        else:
            self._set(self.in_use - 1)

    def cancel(self, request: Event) -> None:
        """Give up a request that has not been granted."""
        self._queue.remove(request)

    def clear(self) -> None:
        self._queue.clear()

    def utilisation(self) -> float:
        self._set(self.in_use)
        return self.busy_minutes / (self.capacity * self.simulator.now)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Release at the end of the block, however it ends."""
        try:
            yield
        finally:
            self.release()

    def _set(self, in_use: int) -> None:
        self.busy_minutes += self.in_use * (self.simulator.now - self._changed_at)
        self._changed_at = self.simulator.now
        self.in_use = in_use


@dataclass
class Statistics:
    waits: list[float] = field(default_factory=list)
    stays: list[float] = field(default_factory=list)
    gave_up: int = 0
    took_away: int = 0
    thrown_out: list[int] = field(default_factory=list)


class Shop:
    """Baristas make coffee, tables seat who stays."""

    PATIENCE = 6.0
    DRINKS = {"espresso": 1.5, "latte": 3.0, "pour-over": 4.5}

    def __init__(self, seed: int, baristas: int, tables: int) -> None:
        self.simulator = Simulator()
        self.random = random.Random(seed)
        self.baristas = Resource(self.simulator, "baristas", baristas)
        self.tables = Resource(self.simulator, "tables", tables)
        self.statistics = Statistics()

    def arrivals(self, mean_gap: float) -> Process:
        for number in itertools.count(1):
            yield self.simulator.timeout(self.random.expovariate(1 / mean_gap))
            self.simulator.start(self.customer(number))

    def customer(self, number: int) -> Process:
        simulator, random_, statistics_ = self.simulator, self.random, self.statistics
        arrived = simulator.now
        left = False
        try:
            request = self.baristas.request()
            if not request.happened:
                patience = Event(simulator)
                request.waiting.append(self._ring(patience))
                yield patience.succeed(self.PATIENCE)
            if not request.happened:
                self.baristas.cancel(request)
                statistics_.gave_up += 1
                left = True
                return
            statistics_.waits.append(simulator.now - arrived)
            with self.baristas.held():
                drink = random_.choices(list(self.DRINKS), weights=[3, 5, 2])[0]
                yield simulator.timeout(self.DRINKS[drink] * random_.uniform(0.8, 1.4))
            if random_.random() < 0.4:
                statistics_.took_away += 1
            else:
                yield self.tables.request()
                with self.tables.held():
                    yield simulator.timeout(random_.gauss(25, 8) % 60)
            statistics_.stays.append(simulator.now - arrived)
            left = True
        finally:
            if not left:
                statistics_.thrown_out.append(number)

    @staticmethod
    def _ring(event: Event) -> Process:
        """Wake who waits for `event` as soon as something else happened."""
        event.succeed()
        return
        yield

    def close(self) -> None:
        """Forget all that has not happened yet."""
        self.simulator.clear()
        self.baristas.clear()
        self.tables.clear()

    def report(self) -> None:
        s = self.statistics
        print(f"  events {self.simulator.steps}, served {len(s.waits)}, gave up {s.gave_up}, took away {s.took_away}")
        quartiles = statistics.quantiles(s.waits, n=4)
        print(f"  wait: mean {statistics.fmean(s.waits):.2f} min, quartiles " + ", ".join(f"{q:.2f}" for q in quartiles))
        print(f"  stay: mean {statistics.fmean(s.stays):.2f} min, longest {max(s.stays):.2f} min")
        for resource in (self.baristas, self.tables):
            print(f"  {resource.name}: {resource.utilisation():.1%} of {resource.capacity} in use")


def histogram(values: list[float], width: float, bins: int) -> list[str]:
    """One line for each bin; the last bin takes what is above."""
    counts = [0] * bins
    for value in values:
        counts[min(int(value / width), bins - 1)] += 1
    scale = max(counts) / 40
    return [f"  {i * width:4.1f}+ {'#' * round(n / scale):<40} {n:3}" for i, n in enumerate(counts)]


def inside() -> int:
    """Customers inside: suspended generators of their function."""
    code = Shop.customer.__code__
    return sum(getattr(o, "gi_code", None) is code for o in gc.get_objects())


def simulate(baristas: int) -> None:
    print(f"== {baristas} baristas")
    shop = Shop(seed=2024, baristas=baristas, tables=12)
    shop.simulator.start(shop.arrivals(mean_gap=1.4))
    shop.simulator.run(until=8 * 60)
    shop.report()
    print("\n".join(histogram(shop.statistics.waits, 1.0, 7)))
    print(f"  at closing time: {shop.simulator.pending()} events pending, {inside()} customers inside")
    shop.close()
    print(f"  gone at once: {shop.statistics.thrown_out}; still there: {inside()}")
    shop.statistics.thrown_out.clear()
    gc.collect()
    print(f"  gone with a collection: {shop.statistics.thrown_out}; still there: {inside()}")


def main() -> None:
    gc.disable()
    for baristas in (1, 2, 3):
        simulate(baristas)


if __name__ == "__main__":
    main()
