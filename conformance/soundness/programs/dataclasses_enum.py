import enum
from dataclasses import asdict, dataclass, field, replace


class Color(enum.Enum):
    RED = 1
    BLUE = 2


def test():
    @dataclass(order=True, frozen=True)
    class D:
        x: int
        y: list = field(default_factory=list)

    @dataclass(slots=True)
    class S:
        a: int = 1

    d = D(1, [2])
    assert repr(d) and asdict(d) and replace(d, x=5) > d and S(2).a == 2

    class Flag(enum.Flag):
        A = enum.auto()
        B = enum.auto()

    assert Color.RED.name and Color(1) and Color["BLUE"] and list(Color) and repr(Flag.A | Flag.B) and Flag(3)
    try:
        Color(9)
    except ValueError as e:
        str(e)
    try:
        d.x = 2
    except AttributeError as e:
        str(e)
