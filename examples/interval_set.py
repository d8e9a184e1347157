"""Sets of integers kept as ranges: small however far the numbers go. `test_interval_set.py` tests it.

>>> free = IntervalSet.parse("1-5, 9")
>>> free.add(6, 8)
>>> free
IntervalSet.parse('1-9')
>>> 4 in free, len(free)
(True, 9)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator


class IntervalSet:
    """A mutable set of integers as disjoint ranges in ascending order; bounds are inclusive.

    Ranges that touch are joined, so that equal sets have equal ranges.
    """

    __slots__ = ("_starts", "_ends")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in ranges:
            self.add(start, end)

    @classmethod
    def parse(cls, text: str) -> IntervalSet:
        """Read what `str` writes: `1-5, 9`. Negative numbers have their sign: `-3--1`."""
        made = cls()
        for part in filter(None, map(str.strip, text.split(","))):
            start, dash, end = part[1:].partition("-")
            try:
                made.add(int(part[0] + start), int(end) if dash else None)
            except ValueError:
                raise ValueError(f"not a range: {part!r}") from None
        return made

    def add(self, start: int, end: int | None = None) -> None:
        """Add the numbers from `start` to `end`, or one number."""
        end = self._checked(start, end)
        low = bisect_left(self._ends, start - 1)
        high = bisect_right(self._starts, end + 1)
        if low < high:
            start = min(start, self._starts[low])
            end = max(end, self._ends[high - 1])
        self._starts[low:high] = [start]
        self._ends[low:high] = [end]

    def remove(self, start: int, end: int | None = None) -> None:
        """Remove numbers; raise KeyError, with nothing removed, unless all are there."""
        end = self._checked(start, end)
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self._ends[at] < end:
            raise KeyError(start if start == end else (start, end))
        self.discard(start, end)

    def discard(self, start: int, end: int | None = None) -> None:
        """Remove the numbers that are there."""
        end = self._checked(start, end)
        low = bisect_left(self._ends, start)
        high = bisect_right(self._starts, end)
        if low >= high:
            return
        first, last = self._starts[low], self._ends[high - 1]
        rest = [(first, start - 1)] * (first < start) + [(end + 1, last)] * (last > end)
        self._starts[low:high] = [a for a, _ in rest]
        self._ends[low:high] = [b for _, b in rest]

    def take(self) -> int:
        """Remove the smallest number and return it."""
        if not self:
            raise KeyError("take from an empty set")
        number = self._starts[0]
        self.discard(number)
        return number

    def ranges(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends)

    @staticmethod
    def _checked(start: int, end: int | None) -> int:
        if end is None:
            return start
        if end < start:
            raise ValueError(f"empty range: {start} to {end}")
        return end

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        at = bisect_right(self._starts, number) - 1
        return at >= 0 and number <= self._ends[at]

    def __iter__(self) -> Iterator[int]:
        for start, end in self.ranges():
            yield from range(start, end + 1)

    def __len__(self) -> int:
        return sum(self._ends) - sum(self._starts) + len(self._starts)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, IntervalSet):
            return NotImplemented
        return self._starts == other._starts and self._ends == other._ends

    def __or__(self, other: IntervalSet) -> IntervalSet:
        return IntervalSet([*self.ranges(), *other.ranges()])

    def __sub__(self, other: IntervalSet) -> IntervalSet:
        made = IntervalSet(self.ranges())
        for start, end in other.ranges():
            made.discard(start, end)
        return made

    def __and__(self, other: IntervalSet) -> IntervalSet:
        return self - (self - other)

    def __str__(self) -> str:
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in self.ranges())

    def __repr__(self) -> str:
        return f"IntervalSet.parse({str(self)!r})"
