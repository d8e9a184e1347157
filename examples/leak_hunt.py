"""A leak hunt: seven ways in which Python programs keep what they no longer need, each found with `gc` and then mended.

Each case makes a few `Document`s, drops them, and asks who is still alive: by reference counts alone, after a collection, and, where
something is left, by walking `gc.get_referrers` from a leaked document to the name that holds it.

What to look at in Moult: the numbers. Every one is determined: what dies at once, what a collection finds, what remains, and who
holds it are the same in each run, and the same as in CPython.
"""

from __future__ import annotations

import gc
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Document:
    """What leaks here."""

    alive: weakref.WeakSet[Document] = weakref.WeakSet()

    def __init__(self, name: str) -> None:
        self.name = name
        Document.alive.add(self)

    def __repr__(self) -> str:
        return f"Document({self.name!r})"

    def changed(self) -> str:
        return f"{self.name} saw it"


# --- Finding out ------------------------------------------------------------------------------------------------------


def path_to(target: object) -> list[str]:
    """The shortest chain of referrers from a module to an object, as text; empty if there is none.

    Breadth first over `gc.get_referrers`, without the lists of the search itself and the frames that are running.
    """
    found: list[object] = [target]
    held_by: dict[int, int] = {id(target): -1}
    own = {id(found), id(held_by), *map(id, running_frames())}
    for place, o in enumerate(found):
        holders = gc.get_referrers(o)
        own.add(id(holders))
        for holder in holders:
            if id(holder) in own or id(holder) in held_by:
                continue
            held_by[id(holder)] = place
            found.append(holder)
            if isinstance(holder, types.ModuleType):
                return list(describe_path(found, held_by))
    return []


def running_frames() -> Iterator[types.FrameType]:
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back


def describe_path(found: list[object], held_by: dict[int, int]) -> Iterator[str]:
    place = len(found) - 1
    while place >= 0:
        yield describe(found[place])
        place = held_by[id(found[place])]


def describe(o: object) -> str:
    match o:
        case types.ModuleType():
            return "module"
        case types.FunctionType():
            return f"function {o.__name__}"
        case types.MethodType():
            return f"method {o.__name__}"
        case type():
            return f"class {o.__name__}"
        case dict() | list() | tuple() | set():
            return type(o).__name__
        case Document():
            return repr(o)
    return type(o).__name__


@contextmanager
def hunt(title: str) -> Iterator[None]:
    """Report what a block leaves alive."""
    print(f"== {title}")
    gc.collect()
    yield
    left = sorted(document.name for document in Document.alive)
    print(f"  dropped; alive: {left}")
    found = gc.collect()
    left = sorted(document.name for document in Document.alive)
    print(f"  a collection found {found}; alive: {left}")
    if left:
        (victim, *_) = sorted(Document.alive, key=lambda document: document.name)
        path = path_to(victim)
        print("  held by:", " > ".join(path) if path else "nothing that a module leads to")
        del victim, _


# --- The cases --------------------------------------------------------------------------------------------------------


class Subject:
    """Tells its observers. Holds them strongly, unless told otherwise."""

    def __init__(self, weak: bool = False) -> None:
        self.weak = weak
        self.observers: list[Callable[[], Callable[[], str] | None]] = []

    def attach(self, observer: Callable[[], str]) -> None:
        self.observers.append(weakref.WeakMethod(observer) if self.weak else lambda: observer)

    def notify(self) -> list[str]:
        called = [observer() for observer in self.observers]
        return [observer() for observer in called if observer is not None]


news = Subject()
weak_news = Subject(weak=True)


def observers(subject: Subject) -> None:
    document = Document("observer")
    subject.attach(document.changed)
    print("  told:", subject.notify())


class Node:
    """A tree whose children know their parent."""

    def __init__(self, document: Document, parent: Node | None = None, weak: bool = False) -> None:
        self.document = document
        self.children: list[Node] = []
        self._parent = weakref.ref(parent) if weak and parent is not None else lambda: parent
        if parent is not None:
            parent.children.append(self)

    @property
    def parent(self) -> Node | None:
        return self._parent()


def tree(weak: bool) -> None:
    root = Node(Document("root"))
    for name in ("left", "right"):
        Node(Document(name), root, weak)
    assert all(child.parent is root for child in root.children)


handlers: dict[str, Callable[[], int]] = {}


def closures() -> None:
    """A handler that wants a number keeps the whole document, because it names it."""
    document = Document("closure")
    handlers["length"] = lambda: len(document.name)


def closures_mended() -> None:
    document = Document("closure")
    handlers["length"] = lambda length=len(document.name): length


last_error: list[BaseException] = []


def failing(document: Document) -> None:
    raise ValueError(f"cannot save {document.name}")


def tracebacks() -> None:
    """An exception that is kept holds its traceback, that the frames, those their locals."""
    document = Document("traceback")
    try:
        failing(document)
    except ValueError as error:
        last_error.append(error)


def tracebacks_mended() -> None:
    document = Document("traceback")
    try:
        failing(document)
    except ValueError as error:
        last_error.append(error.with_traceback(None))


saved: list[Phoenix] = []


class Phoenix(Document):
    """Comes back from the dead, once: `__del__` runs only the first time."""

    def __del__(self) -> None:
        print(f"  {self.name} dies")
        saved.append(self)


def resurrection() -> None:
    phoenix = Phoenix("phoenix")
    phoenix.me = phoenix


class Registered(type):
    """A metaclass that remembers classes weakly; a class itself is always part of cycles."""

    known: weakref.WeakValueDictionary[str, type] = weakref.WeakValueDictionary()

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> None:
        super().__init__(name, bases, namespace)
        Registered.known[name] = cls


def classes() -> None:
    class Local(metaclass=Registered):
        template = Document("template")

    assert Local().template.name == "template"


def stories() -> Iterator[str]:
    document = Document("generator")
    try:
        yield "once upon a time"
        yield document.name
    finally:
        print("  the generator is closed")


unfinished: list[Iterator[str]] = []


def generators() -> None:
    """A generator that was not exhausted holds its locals."""
    story = stories()
    print("  read:", next(story))
    unfinished.append(story)


def main() -> None:
    gc.collect()
    gc.disable()
    with hunt("observers"):
        observers(news)
    news.observers.clear()
    with hunt("observers, weakly"):
        observers(weak_news)
    print("  told:", weak_news.notify())

    with hunt("a tree with parents"):
        tree(weak=False)
    with hunt("a tree with weak parents"):
        tree(weak=True)

    with hunt("closures"):
        closures()
    with hunt("closures, mended"):
        closures_mended()
    print("  and it still works:", handlers["length"]())

    with hunt("tracebacks"):
        tracebacks()
    last_error.clear()
    with hunt("tracebacks, mended"):
        tracebacks_mended()
    print("  and the error is known:", last_error.pop())

    with hunt("resurrection"):
        resurrection()
    print("  finalized:", gc.is_finalized(saved[0]), "references:", sys.getrefcount(saved[0]) - 1)
    saved.clear()
    with hunt("resurrection, the second time"):
        pass

    with hunt("classes"):
        classes()
    print("  classes known:", sorted(Registered.known))

    with hunt("generators"):
        generators()
    with hunt("generators, closed"):
        unfinished.pop().close()
    print("never freed:", gc.garbage)


if __name__ == "__main__":
    main()
