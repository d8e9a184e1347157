"""Four ways to cache results, and what each keeps alive.

Caching is easy; forgetting is the hard part. The study runs the same lookups through a bounded LRU cache, `lru_cache` on a
method, `cached_property`, and a cache of weak references, and asks each time what is still in memory afterwards.

What to look at in Moult: `lru_cache` on a method keeps every instance alive as long as the class; `gc.get_referrers` shows who
holds it. The weak caches let objects die at once. All counts here are exact, not "about".
"""

from __future__ import annotations

import gc
import sys
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property, lru_cache, wraps
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRU(Generic[K, V]):
    """A mapping of at most `capacity` entries; the one unused for longest goes first.

    `on_evict` is called with each entry that goes, after it has left the cache.
    """

    def __init__(self, capacity: int, on_evict: Callable[[K, V], None] | None = None) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self.capacity = capacity
        self.hits = self.misses = 0
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._on_evict = on_evict

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """Return the entry of a key; make it if there is none."""
        try:
            value = self._entries[key]
        except KeyError:
            self.misses += 1
            value = make(key)
            self._entries[key] = value
            self._shrink()
        else:
            self.hits += 1
            self._entries.move_to_end(key)
        return value

    def _shrink(self) -> None:
        while len(self._entries) > self.capacity:
            key, value = self._entries.popitem(last=False)
            if self._on_evict is not None:
                self._on_evict(key, value)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        """Keys, the one that goes next first."""
        return iter(self._entries)


class Page:
    """Something big that one would like to keep for a while."""

    alive: weakref.WeakSet[Page] = weakref.WeakSet()

    def __init__(self, number: int) -> None:
        self.number = number
        Page.alive.add(self)

    def __repr__(self) -> str:
        return f"Page({self.number})"

    @classmethod
    def numbers_alive(cls) -> list[int]:
        return sorted(page.number for page in cls.alive)


# --- 1: a cache with a bound ------------------------------------------------------------------------------------------


def study_bounded() -> None:
    print("== a bounded cache")
    evicted: list[int] = []
    cache: LRU[int, Page] = LRU(3, on_evict=lambda key, page: evicted.append(key))
    for number in (1, 2, 3, 1, 4, 1, 5, 2):
        cache.get(number, Page)
    print(f"hits {cache.hits}, misses {cache.misses}, evicted {evicted}, next to go {next(iter(cache))}")
    print("alive:", Page.numbers_alive())
    page = cache.get(1, Page)
    print("references to page 1: the cache, a name, the argument:", sys.getrefcount(page))
    del cache
    print("alive without the cache:", Page.numbers_alive())
    del page
    print("alive without the name:", Page.numbers_alive())


# --- 2: lru_cache on a method -----------------------------------------------------------------------------------------


class Reader:
    """Decorating a method with `lru_cache` puts `self` into the keys of a cache that belongs to the class."""

    made = 0

    def __init__(self, name: str) -> None:
        self.name = name
        Reader.made += 1

    @lru_cache(maxsize=None)
    def chapter(self, number: int) -> str:
        return f"{self.name}, chapter {number}"


def study_method() -> None:
    print("== lru_cache on a method")
    readers = [Reader(f"book {n}") for n in range(5)]
    for reader in readers:
        reader.chapter(1), reader.chapter(2), reader.chapter(1)
    print(Reader.chapter.cache_info())
    watched = [weakref.ref(reader) for reader in readers]
    del readers, reader
    print("found by a collection:", gc.collect())
    print("readers that live on:", sum(ref() is not None for ref in watched))
    leaked = watched[0]()
    print("held by:", sorted(describe(o) for o in gc.get_referrers(leaked)))
    Reader.chapter.cache_clear()
    del leaked
    print("after cache_clear:", sum(ref() is not None for ref in watched))


def describe(o: object) -> str:
    """A referrer in words that do not depend on addresses."""
    if isinstance(o, dict):
        return f"a dict with {len(o)} entries"
    if isinstance(o, list | tuple):
        return f"a {type(o).__name__} of {len(o)}"
    return type(o).__name__


# --- 3: the same per instance -----------------------------------------------------------------------------------------


class Book:
    """`cached_property` keeps the result in the instance: it goes when the instance goes."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for position, word in enumerate(self.text.split()):
            index.setdefault(word.strip(".,").lower(), []).append(position)
        return index


def study_property() -> None:
    print("== cached_property")
    book = Book("The rain in Spain stays in the plain, in spite of the rain.")
    print({word: places for word, places in book.index.items() if len(places) > 1})
    print("computed once:", book.index is book.index, "and kept in", sorted(vars(book)))
    del book.index
    print("forgotten:", sorted(vars(book)))
    watched = weakref.ref(book, lambda ref: print("the book is gone, and its index with it"))
    del book
    assert watched() is None


# --- 4: weak references -----------------------------------------------------------------------------------------------


def weakly_cached(function: Callable[[Any], V]) -> Callable[[Any], V]:
    """Cache by the identity of the argument, as long as it lives."""
    results: weakref.WeakKeyDictionary[Any, V] = weakref.WeakKeyDictionary()

    @wraps(function)
    def cached(argument: Any) -> V:
        try:
            return results[argument]
        except KeyError:
            results[argument] = value = function(argument)
            return value

    cached.results = results  # type: ignore[attr-defined]
    return cached


@weakly_cached
def summary(page: Page) -> str:
    print(f"  (summarising page {page.number})")
    return f"summary of page {page.number}"


@weakly_cached
def neighbours(page: Page) -> list[Page]:
    """A mistake: the value refers to its own key, so the entry keeps itself alive."""
    return [page, Page(page.number + 1)]


def study_weak() -> None:
    print("== weak references")
    loaded: weakref.WeakValueDictionary[int, Page] = weakref.WeakValueDictionary()
    pages = [loaded.setdefault(n, Page(n)) for n in (7, 8, 9)]
    print([summary(page) for page in (*pages, pages[0])][-1])
    print("loaded:", sorted(loaded), "summaries:", len(summary.results))
    del pages[1]
    print("loaded:", sorted(loaded), "summaries:", len(summary.results))
    neighbours(pages[0])
    pages.clear()
    gc.collect()
    print("loaded:", sorted(loaded), "because a value refers to its key:", len(neighbours.results))
    neighbours.results.clear()
    print("loaded:", sorted(loaded))


def main() -> None:
    gc.collect()
    study_bounded()
    study_method()
    study_property()
    study_weak()
    print("pages alive at the end:", Page.numbers_alive())


if __name__ == "__main__":
    main()
