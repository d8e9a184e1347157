"""Putting types in the place of parameters; aliases of subclasses; pickling generic classes."""
import collections.abc, copyreg, pickle, typing
from typing import Callable, Generic, ParamSpec, TypeVar, TypeVarTuple, Unpack

T, U = TypeVar('T'), TypeVar('U')
P = ParamSpec('P')
Ts = TypeVarTuple('Ts')

for arg in (42, int, None, T, int | str):
    for make in (P.__typing_subst__, lambda a: Callable[P, T][a, str], lambda a: collections.abc.Callable[P, T][a, str]):
        try:
            print(make(arg))
        except TypeError as error:
            print(error)

C = collections.abc.Callable
print(C[[int], str] == C[[int], str], C[[int], str] | None, hash(C[[int], str]) == hash(C[[int], str]))
print(list[T][*tuple[int]], dict[T, U][*tuple[int, str]], tuple[*Ts][*tuple[int]], tuple[*Ts][*tuple[int, ...]])


class Box(Generic[T]):
    def __init__(self, x):
        self.x = x


for protocol in range(6):
    print(pickle.loads(pickle.dumps(Box(3), protocol)).x)
print(Generic.__flags__ & copyreg._HEAPTYPE != 0)
