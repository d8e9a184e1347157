"""A text adventure: relight the lamp of a lighthouse before the ship comes in.

    python adventure.py          plays a recorded session
    python adventure.py play     reads your commands

The world is data: rooms with exits, things with what one may do with them. Commands are words matched against patterns.

What to look at in Moult: rooms refer to each other, so the world is one big cycle; a game that is over is garbage that only
the collector finds. The recorded session ends by counting it.
"""

from __future__ import annotations

import gc
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east", "up": "down", "down": "up"}
SHORT = {name[0]: name for name in OPPOSITE} | {"l": "look", "i": "inventory", "x": "examine", "z": "wait", "q": "quit"}


class Refusal(Exception):
    """A command that cannot be obeyed; its text tells the player why."""


@dataclass(eq=False)
class Thing:
    name: str
    description: str
    fixed: bool = False
    hidden: bool = False
    contents: list[Thing] = field(default_factory=list)
    open: bool | None = None
    """None for what cannot be opened."""
    lit: bool = False
    article: str = "a"

    @property
    def label(self) -> str:
        return f"{self.article} {self.name}" + (" (lit)" if self.lit else "")


@dataclass(eq=False)
class Room:
    name: str
    description: str
    dark: bool = False
    things: list[Thing] = field(default_factory=list)
    exits: dict[str, Room] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)
    """Directions that are closed for now, and why."""

    def connect(self, direction: str, other: Room) -> None:
        self.exits[direction] = other
        other.exits[OPPOSITE[direction]] = self


@dataclass(eq=False)
class World:
    start: Room
    rooms: dict[str, Room]
    things: dict[str, Thing]


def build_world() -> World:
    rooms = {
        room.name: room
        for room in (
            Room("Jetty", "Planks slick with spray. A path climbs north to the lighthouse."),
            Room("Porch", "The keeper's door leads north. Someone left in a hurry."),
            Room("Kitchen", "Cold stove, two cups. Stairs lead up; a hatch leads down."),
            Room("Cellar", "Barrels along the walls, and the smell of oil.", dark=True),
            Room("Lamp room", "Glass all around you, and the sea behind it."),
        )
    }
    jetty, porch, kitchen, cellar, lamp_room = rooms.values()
    jetty.connect("north", porch)
    porch.connect("north", kitchen)
    kitchen.connect("down", cellar)
    kitchen.connect("up", lamp_room)
    porch.blocked["north"] = "The door is locked."

    key = Thing("key", "Brass, and heavy.", hidden=True)
    things = [
        key,
        Thing("mat", "WELCOME, it says. One corner sticks up: there is a key below it.", fixed=True, contents=[key]),
        Thing("lantern", "A storm lantern, still half full."),
        Thing("matches", "A dozen left, and dry.", article="some"),
        Thing("oil", "A can of it.", article="some"),
        Thing("lamp", "The great lamp. Its reservoir is empty.", fixed=True),
    ]
    by_name = {thing.name: thing for thing in things}
    porch.things = [by_name["mat"]]
    kitchen.things = [by_name["lantern"], by_name["matches"]]
    cellar.things = [by_name["oil"]]
    lamp_room.things = [by_name["lamp"]]
    return World(jetty, rooms, by_name)


class Game:
    """One play: where the player is, what they carry, how late it is."""

    LAST_TURN = 40

    def __init__(self) -> None:
        self.world = build_world()
        self.room = self.world.start
        self.carried: list[Thing] = []
        self.turn = 0
        self.over = False

    # --- what there is ---

    def can_see(self) -> bool:
        return not self.room.dark or any(thing.lit for thing in self.carried + self.room.things)

    def visible(self) -> Iterator[Thing]:
        if self.can_see():
            yield from (thing for thing in self.room.things if not thing.hidden)
        yield from self.carried

    def find(self, name: str) -> Thing:
        for thing in self.visible():
            if thing.name == name:
                return thing
        raise Refusal(f"You see no {name} here.")

    def held(self, name: str) -> Thing:
        for thing in self.carried:
            if thing.name == name:
                return thing
        raise Refusal(f"You have no {name}.")

    # --- commands ---

    def obey(self, line: str) -> str:
        """Do what a line says and return what the player reads."""
        words = [word for word in line.lower().split() if word not in ("the", "a", "an", "to", "with", "at")]
        words = [SHORT.get(word, word) for word in words]
        try:
            text = self.dispatch(words)
        except Refusal as refusal:
            return str(refusal)
        self.turn += 1
        if not self.over and self.turn >= self.LAST_TURN:
            self.over = True
            text += "\nA long grinding sound from the rocks. You were too late."
        return text

    def dispatch(self, words: list[str]) -> str:
        match words:
            case []:
                raise Refusal("Say something.")
            case ["look"]:
                return self.describe()
            case ["go", direction] | [direction] if direction in OPPOSITE:
                return self.go(direction)
            case ["inventory"]:
                return "You carry " + (listing(self.carried) or "nothing") + "."
            case ["examine" | "read", name]:
                return self.examine(self.find(name))
            case ["take" | "get", "all"]:
                taken = [thing for thing in list(self.visible()) if not thing.fixed and thing not in self.carried]
                return "\n".join(self.take(thing) for thing in taken) or "There is nothing to take."
            case ["take" | "get", name] | ["pick", "up", name]:
                return self.take(self.find(name))
            case ["drop", *names] if names:
                return "\n".join(self.drop(self.held(name)) for name in names)
            case ["unlock" | "open", "door"] | ["unlock", "door", "key"]:
                return self.unlock()
            case ["light", name] | ["light", name, "matches"]:
                return self.light(self.find(name))
            case ["fill" | "pour", *names] if "lamp" in names or "oil" in names:
                return self.fill()
            case ["wait"]:
                return "Time passes."
            case ["quit"]:
                self.over = True
                return "You leave it to others."
            case [verb, *_]:
                raise Refusal(f"You do not know how to {verb!r} that.")
        raise AssertionError(words)

    def describe(self) -> str:
        if not self.can_see():
            return "It is too dark to see anything. You could go back, at least."
        things = listing(thing for thing in self.room.things if not thing.hidden)
        seen = f" You see {things}." if things else ""
        return f"{self.room.name}. {self.room.description}{seen}"

    def go(self, direction: str) -> str:
        if direction in self.room.blocked:
            raise Refusal(self.room.blocked[direction])
        if direction not in self.room.exits:
            raise Refusal(f"You cannot go {direction} from here.")
        self.room = self.room.exits[direction]
        return self.describe()

    def examine(self, thing: Thing) -> str:
        for inner in thing.contents:
            inner.hidden = False
            self.room.things.append(inner)
        thing.contents.clear()
        return thing.description

    def take(self, thing: Thing) -> str:
        if thing in self.carried:
            raise Refusal(f"You already have the {thing.name}.")
        if thing.fixed:
            raise Refusal(f"The {thing.name} stays where it is.")
        self.room.things.remove(thing)
        self.carried.append(thing)
        return f"Taken: {thing.name}."

    def drop(self, thing: Thing) -> str:
        self.carried.remove(thing)
        self.room.things.append(thing)
        return f"Dropped: {thing.name}."

    def unlock(self) -> str:
        if "north" not in self.room.blocked:
            raise Refusal("There is no locked door here.")
        self.held("key")
        del self.room.blocked["north"]
        return "The key turns. The door swings open."

    def light(self, thing: Thing) -> str:
        self.held("matches")
        if thing is self.world.things["lamp"]:
            if "full" not in thing.description:
                raise Refusal("Nothing in it would burn.")
            thing.lit = self.over = True
            return "The lamp roars up. Far out, a ship changes her course. You did it."
        if thing.name != "lantern":
            raise Refusal("Better not.")
        thing.lit = True
        return "The lantern glows."

    def fill(self) -> str:
        oil = self.held("oil")
        lamp = self.find("lamp")
        self.carried.remove(oil)
        lamp.description = "The great lamp. Its reservoir is full."
        return "You pour the oil into the reservoir."


def listing(things: Iterable[Thing]) -> str:
    labels = [thing.label for thing in things]
    return ", ".join(labels[:-1]) + " and " + labels[-1] if len(labels) > 1 else "".join(labels)


RECORDED = """\
look
n
n
unlock door
x mat
take key
unlock the door with the key
n
take all
d
light lantern
look
get oil
u
u
light lamp
fill the lamp with oil
examine lamp
dance
drop lantern key
i
light the lamp
"""


def show(text: str) -> None:
    for paragraph in text.split("\n"):
        print(textwrap.fill(paragraph, 78, initial_indent="  ", subsequent_indent="  "))


def play_recorded() -> None:
    game = Game()
    for line in RECORDED.splitlines():
        print(f"> {line}")
        show(game.obey(line))
    print(f"({game.turn} turns)")


def play() -> None:
    game = Game()
    show(game.describe())
    while not game.over:
        try:
            line = input("> ")
        except EOFError:
            break
        show(game.obey(line))


def count_rooms() -> int:
    return sum(isinstance(o, Room) for o in gc.get_objects())


def main(arguments: list[str]) -> None:
    if arguments == ["play"]:
        return play()
    gc.collect()
    gc.disable()
    play_recorded()
    print(f"rooms after the game: {count_rooms()}")
    print(f"found by a collection: {gc.collect()}")
    print(f"rooms after that: {count_rooms()}")


if __name__ == "__main__":
    main(sys.argv[1:])
