"""Tests of `interval_set.py`: single cases, properties checked against Python's own sets, fixtures, mocks, documentation.

    python test_interval_set.py                 runs them and prints what was run
    python -m unittest test_interval_set        the usual runner (-v: with names)

What to look at in Moult: `unittest` is CPython's, unmodified. A failing test's traceback holds its frames; `tearDown` and the clean-ups
run before they go. The leak test runs an operation twice and compares the objects that are alive.
"""

from __future__ import annotations

import doctest
import gc
import io
import random
import sys
import unittest
from unittest import mock

import interval_set
from interval_set import IntervalSet


class Building(unittest.TestCase):
    """How sets come to be, and what they look like."""

    def test_starts_empty(self) -> None:
        empty = IntervalSet()
        self.assertFalse(empty)
        self.assertEqual(len(empty), 0)
        self.assertEqual(str(empty), "")

    def test_joins_ranges_that_touch(self) -> None:
        for first, second in (((1, 3), (4, 6)), ((4, 6), (1, 3)), ((1, 5), (2, 6)), ((1, 6), (2, 3))):
            with self.subTest(first=first, second=second):
                self.assertEqual(list(IntervalSet([first, second]).ranges()), [(1, 6)])

    def test_keeps_ranges_apart(self) -> None:
        self.assertEqual(list(IntervalSet([(7, 9), (1, 3)]).ranges()), [(1, 3), (7, 9)])

    def test_fills_a_gap(self) -> None:
        made = IntervalSet([(1, 3), (5, 7)])
        made.add(4)
        self.assertEqual(str(made), "1-7")

    def test_refuses_empty_ranges(self) -> None:
        with self.assertRaisesRegex(ValueError, "empty range: 3 to 1"):
            IntervalSet().add(3, 1)


class Parsing(unittest.TestCase):
    def test_reads_what_it_writes(self) -> None:
        for text in ("", "1", "1-5, 9", "-3--1, 4", "-2, 0-100"):
            with self.subTest(text=text):
                self.assertEqual(str(IntervalSet.parse(text)), text)

    def test_names_what_is_wrong(self) -> None:
        for text in ("x", "1-", "1-2-3", "1,,two"):
            with self.subTest(text=text), self.assertRaises(ValueError) as caught:
                IntervalSet.parse(text)
            self.assertIn("not a range", str(caught.exception))
            self.assertIsNone(caught.exception.__cause__)


class Removing(unittest.TestCase):
    def setUp(self) -> None:
        self.numbers = IntervalSet.parse("1-10, 20-30")
        self.addCleanup(self.check_order)

    def check_order(self) -> None:
        """Whatever a test did, ranges are ascending and do not touch."""
        ranges = list(self.numbers.ranges())
        for (_, end), (start, _) in zip(ranges, ranges[1:]):
            self.assertLess(end + 1, start)

    def test_splits_a_range(self) -> None:
        self.numbers.remove(4, 6)
        self.assertEqual(str(self.numbers), "1-3, 7-10, 20-30")

    def test_needs_all_of_them(self) -> None:
        with self.assertRaises(KeyError) as caught:
            self.numbers.remove(8, 12)
        self.assertEqual(caught.exception.args, ((8, 12),))
        self.assertEqual(str(self.numbers), "1-10, 20-30")

    def test_discards_what_is_there(self) -> None:
        self.numbers.discard(8, 22)
        self.numbers.discard(100)
        self.assertEqual(str(self.numbers), "1-7, 23-30")

    def test_takes_the_smallest(self) -> None:
        self.assertEqual([self.numbers.take() for _ in range(11)], [*range(1, 11), 20])
        self.assertRaises(KeyError, IntervalSet().take)


class Asking(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.numbers = IntervalSet.parse("-5--1, 3, 10-12")

    def test_membership(self) -> None:
        self.assertIn(-5, self.numbers)
        self.assertIn(3, self.numbers)
        self.assertNotIn(0, self.numbers)
        self.assertNotIn("3", self.numbers)

    def test_length_and_order(self) -> None:
        self.assertEqual(len(self.numbers), 9)
        self.assertCountEqual(self.numbers, {3, -1, -2, -3, -4, -5, 10, 11, 12})
        self.assertEqual(list(self.numbers), sorted(self.numbers))

    def test_is_not_hashable(self) -> None:
        self.assertRaises(TypeError, hash, self.numbers)
        self.assertNotEqual(self.numbers, {3})

    @unittest.skipIf(sys.maxsize < 2**32, "len() needs 64 bits here")
    def test_far_away(self) -> None:
        far = IntervalSet([(-(2**40), 2**40)])
        self.assertEqual(len(far), 2**41 + 1)

    @unittest.expectedFailure
    def test_longer_than_any_sequence(self) -> None:
        self.assertEqual(len(IntervalSet([(0, 2**64)])), 2**64 + 1)


class Properties(unittest.TestCase):
    """Random operations on an IntervalSet and on a set, which must agree at each step."""

    def random_set(self, rng: random.Random) -> tuple[IntervalSet, set[int]]:
        ranges = [(a, a + rng.randrange(6)) for a in (rng.randrange(-20, 40) for _ in range(rng.randrange(6)))]
        return IntervalSet(ranges), {n for a, b in ranges for n in range(a, b + 1)}

    def test_changes_agree_with_set(self) -> None:
        rng = random.Random(42)
        numbers, model = IntervalSet(), set()
        for step in range(400):
            start = rng.randrange(60)
            end = start + rng.randrange(8)
            if rng.random() < 0.55:
                numbers.add(start, end)
                model.update(range(start, end + 1))
            else:
                numbers.discard(start, end)
                model.difference_update(range(start, end + 1))
            self.assertEqual(set(numbers), model, f"after step {step}")

    def test_algebra_agrees_with_set(self) -> None:
        rng = random.Random(43)
        for seed in range(60):
            (a, set_a), (b, set_b) = self.random_set(rng), self.random_set(rng)
            with self.subTest(seed=seed):
                self.assertEqual(set(a | b), set_a | set_b)
                self.assertEqual(set(a - b), set_a - set_b)
                self.assertEqual(set(a & b), set_a & set_b)
                self.assertEqual(a & b, b & a)


class Inside(unittest.TestCase):
    def test_remove_asks_before_it_changes(self) -> None:
        numbers = IntervalSet.parse("1-3")
        with mock.patch.object(IntervalSet, "discard", autospec=True) as discard:
            self.assertRaises(KeyError, numbers.remove, 9)
            discard.assert_not_called()
            numbers.remove(2)
            discard.assert_called_once_with(numbers, 2, 2)

    def test_work_leaves_nothing_behind(self) -> None:
        def work() -> None:
            a, b = IntervalSet.parse("1-50, 60"), IntervalSet.parse("20-70")
            self.assertEqual(str((a | b) - (a & b)), "1-19, 51-59, 61-70")

        work()
        before = tracked_objects()
        work()
        self.assertEqual(gc.collect(), 0)
        self.assertEqual(tracked_objects(), before)


def tracked_objects() -> int:
    """Objects that the collector knows, once it no longer stops tracking tuples that cannot be part of a cycle."""
    count = -1
    while count != (count := len(gc.get_objects())):
        gc.collect()
    return count


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str | None) -> unittest.TestSuite:
    """Add the examples of the documentation."""
    tests.addTests(doctest.DocTestSuite(interval_set))
    return tests


class Listing(unittest.TestResult):
    """Prints a line for each test, without times."""

    def addSuccess(self, test: unittest.TestCase) -> None:
        print("ok      ", test.id())

    def addFailure(self, test: unittest.TestCase, err: object) -> None:
        super().addFailure(test, err)
        print("FAIL    ", test.id())

    def addError(self, test: unittest.TestCase, err: object) -> None:
        super().addError(test, err)
        print("ERROR   ", test.id())

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        print("skipped ", test.id(), f"({reason})")

    def addExpectedFailure(self, test: unittest.TestCase, err: object) -> None:
        super().addExpectedFailure(test, err)
        print("failed  ", test.id(), "(as expected)")


def show_a_failure() -> None:
    """What a failing test looks like, in a suite of its own."""

    class Wrong(unittest.TestCase):
        def test_wrong(self) -> None:
            self.addCleanup(print, "cleaned up")
            self.assertEqual(list(IntervalSet.parse("1-4")), [1, 2, 4, 5])

        def tearDown(self) -> None:
            print("torn down")

    stream = io.StringIO()
    unittest.TextTestRunner(stream).run(unittest.defaultTestLoader.loadTestsFromTestCase(Wrong))
    report = stream.getvalue().splitlines()
    start = next(i for i, line in enumerate(report) if line.startswith("AssertionError"))
    print(*report[start:-4], sep="\n")
    print(report[-1])


def main() -> None:
    result = Listing()
    unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__]).run(result)
    for _, trace in result.failures + result.errors:
        print(trace)
    print(f"{result.testsRun} run, {len(result.failures)} failed, {len(result.errors)} errors")
    print("== a failure")
    show_a_failure()


if __name__ == "__main__":
    main()
