"""A job queue: worker threads, priorities, retries, timeouts, cancellation, an orderly end.

Jobs go through a `queue.PriorityQueue`; workers take them, retry what fails in passing, and set the result of a `Ticket` that
whoever submitted the job can wait for. The output does not depend on which worker ran what.

What to look at in Moult: threads are scheduled at fixed numbers of instructions, so a run with a race in it can be repeated.
A failed job's exception holds its traceback, and that the worker's frames with the job in them; the last section shows how
long such a job lives.
"""

from __future__ import annotations

import gc
import itertools
import queue
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


class Cancelled(Exception):
    """The job was cancelled before a worker took it."""


class TryAgain(Exception):
    """A failure that may pass."""


class Ticket:
    """What one gets for a job: a place where its result will be."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.attempts = 0
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._state = "waiting"
        self._result: Any = None
        self._error: BaseException | None = None

    @property
    def state(self) -> str:
        return self._state

    def cancel(self) -> bool:
        """Cancel the job unless it runs already; say whether that worked."""
        with self._lock:
            if self._state != "waiting":
                return False
            self._finish("cancelled", error=Cancelled(self.name))
            return True

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the job and return its result, or raise what it raised."""
        if not self._done.wait(timeout):
            raise TimeoutError(f"{self.name} is still {self._state}")
        if self._error is not None:
            raise self._error
        return self._result

    def begin(self) -> bool:
        """Claim the job for a worker, unless it was cancelled."""
        with self._lock:
            if self._state == "cancelled":
                return False
            self._state = "running"
            self.attempts += 1
            return True

    def finish(self, state: str, result: Any = None, error: BaseException | None = None) -> None:
        with self._lock:
            self._finish(state, result, error)

    def _finish(self, state: str, result: Any = None, error: BaseException | None = None) -> None:
        self._state, self._result, self._error = state, result, error
        self._done.set()


@dataclass(order=True)
class Job:
    """An entry of the queue: the lowest priority first, in order of submission."""

    priority: int
    number: int
    function: Callable[[], Any] = field(compare=False)
    ticket: Ticket = field(compare=False)


class Pool:
    """Worker threads over one queue."""

    MAX_ATTEMPTS = 3
    _STOP = 2**31

    def __init__(self, workers: int) -> None:
        self._queue: queue.PriorityQueue[Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._counts: Counter[str] = Counter()
        self._counts_lock = threading.Lock()
        self.context = threading.local()
        self._threads = [threading.Thread(target=self._work, name=f"worker-{n}", daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, function: Callable[[], Any], *, name: str | None = None, priority: int = 10) -> Ticket:
        number = next(self._numbers)
        ticket = Ticket(name or f"job {number}")
        self._queue.put(Job(priority, number, function, ticket))
        return ticket

    def join(self) -> None:
        """Wait until every job has been handled."""
        self._queue.join()

    def shutdown(self) -> None:
        """Handle what is queued, then end the threads."""
        for _ in self._threads:
            self._queue.put(Job(self._STOP, next(self._numbers), lambda: None, Ticket("stop")))
        for thread in self._threads:
            thread.join()

    def counts(self) -> dict[str, int]:
        with self._counts_lock:
            return dict(sorted(self._counts.items()))

    def _work(self) -> None:
        self.context.handled = 0
        while True:
            job = self._queue.get()
            try:
                if job.priority == self._STOP:
                    return
                if job.ticket.begin():
                    self._attempt(job)
                else:
                    self._count("cancelled")
            finally:
                self._queue.task_done()
                # While the worker waits for the next job, it must not keep the last one alive.
                del job

    def _attempt(self, job: Job) -> None:
        self.context.handled += 1
        try:
            result = job.function()
        except TryAgain as error:
            if job.ticket.attempts < self.MAX_ATTEMPTS:
                self._count("retried")
                self._queue.put(job)
            else:
                self._count("failed")
                job.ticket.finish("failed", error=error)
        except Exception as error:
            self._count("failed")
            job.ticket.finish("failed", error=error)
        else:
            self._count("done")
            job.ticket.finish("done", result)

    def _count(self, what: str) -> None:
        with self._counts_lock:
            self._counts[what] += 1


@contextmanager
def pool(workers: int) -> Iterator[Pool]:
    """A pool that is shut down at the end of the block."""
    made = Pool(workers)
    try:
        yield made
    finally:
        made.shutdown()


# --- Work -------------------------------------------------------------------------------------------------------------


def primes_below(limit: int) -> int:
    sieve = bytearray([1]) * limit
    sieve[:2] = b"\0\0"
    for n in range(2, int(limit**0.5) + 1):
        if sieve[n]:
            sieve[n * n :: n] = bytes(len(range(n * n, limit, n)))
    return sum(sieve)


class Flaky:
    """Fails a number of times before it works."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    def __call__(self) -> str:
        if self.failures > 0:
            self.failures -= 1
            raise TryAgain("not now")
        return "at last"


class Account:
    """Something shared that needs a lock."""

    def __init__(self) -> None:
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount: int) -> None:
        with self.lock:
            before = self.balance
            for _ in range(20):
                pass
            self.balance = before + amount


# --- The tour ---------------------------------------------------------------------------------------------------------


def show_results() -> None:
    print("== results")
    with pool(workers=3) as workers:
        tickets = {limit: workers.submit(lambda n=limit: primes_below(n)) for limit in (10, 100, 1000, 10000)}
        for limit, ticket in tickets.items():
            print(f"primes below {limit}: {ticket.result()}")
        workers.join()
        print(workers.counts())


def show_priorities() -> None:
    print("== priorities")
    order: list[str] = []
    gate = threading.Event()
    with pool(workers=1) as workers:
        workers.submit(gate.wait, name="gate", priority=0)
        for name, priority in (("low", 20), ("high", 1), ("middle", 10), ("high too", 1)):
            workers.submit(lambda name=name: order.append(name), name=name, priority=priority)
        gate.set()
    print(order)


def show_failures() -> None:
    print("== failures")
    gate = threading.Event()
    with pool(workers=1) as workers:
        blocker = workers.submit(gate.wait, name="blocker", priority=0)
        tickets = [
            workers.submit(Flaky(2), name="flaky"),
            workers.submit(Flaky(5), name="hopeless"),
            workers.submit(lambda: 1 // 0, name="broken"),
            workers.submit(lambda: "never", name="unwanted"),
        ]
        try:
            tickets[0].result(timeout=0.01)
        except TimeoutError as error:
            print("timeout:", error)
        print("cancelled:", tickets[-1].cancel(), "the one that runs:", blocker.cancel() if blocker.attempts else False)
        gate.set()
        for ticket in tickets:
            try:
                print(f"{ticket.name}: {ticket.result()} (attempts {ticket.attempts})")
            except Exception as error:
                print(f"{ticket.name}: {type(error).__name__}: {error} ({ticket.state}, attempts {ticket.attempts})")
        workers.join()
        print(workers.counts())


def show_sharing() -> None:
    print("== sharing")
    account = Account()
    with pool(workers=4) as workers:
        for amount in range(1, 201):
            workers.submit(lambda amount=amount: account.deposit(amount))
    print("balance:", account.balance, "threads left:", threading.active_count())


def show_lifetimes() -> None:
    print("== lifetimes")
    with pool(workers=1) as workers:
        work = Flaky(9)
        watched = weakref.ref(work)
        ticket = workers.submit(work, name="doomed")
        del work
        workers.join()
        print("failed, and still alive through the traceback:", watched() is not None)
        frames = []
        traceback = ticket._error.__traceback__
        while traceback is not None:
            frames.append(traceback.tb_frame.f_code.co_name)
            traceback = traceback.tb_next
        print("held by frames of:", frames)
        del ticket, traceback
        print("without the ticket, before a collection:", watched() is not None)
        gc.collect()
        print("after a collection:", watched() is not None)


def main() -> None:
    gc.disable()
    show_results()
    show_priorities()
    show_failures()
    show_sharing()
    show_lifetimes()


if __name__ == "__main__":
    main()
