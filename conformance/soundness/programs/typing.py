import types
from typing import Generic, NamedTuple, Optional, ParamSpec, TypedDict, TypeVar, Union


class Box[T]:
    def get[U: int](self, x: U) -> T: ...


type Alias[T] = list[T] | None


def test():
    T = TypeVar("T", bound=int)
    assert list[int] | None and dict[str, list[T]][int] and repr(tuple[int, ...]) and (int | str)[()] if False else int | str | None
    assert list[T].__parameters__ and (int | str) == (str | int) and hash(list[int]) and list[int]([1]) and isinstance(5, int | str) and repr(Alias[int]) and Alias.__value__ and Box[int] and Box.__type_params__
    assert repr(T) and repr(ParamSpec("P").args) and types.GenericAlias(list, (int,)).__args__ and Optional[int] and Union[int, str] and list[int].__reduce__() and Box.get.__type_params__[0].__bound__

    class N(NamedTuple):
        x: int
        y: str = "a"

    class G(Generic[T]):
        pass

    ns = types.SimpleNamespace(a=1, b=[2])
    assert N(1) and repr(ns) and ns == types.SimpleNamespace(a=1, b=[2]) and G[int]() and types.MappingProxyType({"a": 1})["a"] and repr(types.MappingProxyType({})) and types.new_class("X", (), {})
    try:
        list[int][str]
    except TypeError as e:
        str(e)
    try:
        isinstance(5, list[int])
    except TypeError as e:
        str(e)
