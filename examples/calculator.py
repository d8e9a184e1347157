"""Parse, evaluate, simplify and differentiate arithmetic expressions.

A Pratt parser turns text into a tree of small immutable nodes; everything else is a function over that tree, written
with `match`. Errors point at the offending column.

What to look at in Moult: a tree has no cycles, so every node dies by its reference count alone, the moment its root is
dropped. The last section counts the nodes that are alive, and shows what a full collection finds after all that work:
not one node.
"""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class ExpressionError(ValueError):
    """A text that is no expression, or one that has no value."""

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.column = column


# --- Trees ------------------------------------------------------------------------------------------------------------


class Node:
    """A part of an expression. Nodes never change, so that trees may share parts."""

    __slots__ = ()

    def __str__(self) -> str:
        return render(self)


@dataclass(frozen=True)
class Number(Node):
    __slots__ = ("value",)
    value: float


@dataclass(frozen=True)
class Name(Node):
    __slots__ = ("name",)
    name: str


@dataclass(frozen=True)
class Negation(Node):
    __slots__ = ("operand",)
    operand: Node


@dataclass(frozen=True)
class Binary(Node):
    __slots__ = ("operator", "left", "right")
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call(Node):
    __slots__ = ("function", "argument")
    function: str
    argument: Node


# --- Text to tree -----------------------------------------------------------------------------------------------------


class Token(NamedTuple):
    kind: str
    text: str
    column: int


TOKEN = re.compile(r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?)|(?P<name>[a-zA-Z_]\w*)|(?P<operator>[-+*/^()]))")

#: Binding powers to the left and to the right; `^` associates to the right.
POWERS = {"+": (10, 11), "-": (10, 11), "*": (20, 21), "/": (20, 21), "^": (41, 40)}
NEGATION_POWER = 30

FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "abs": abs,
}
CONSTANTS = {"pi": math.pi, "e": math.e}


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, and one of kind `end`."""
    at = 0
    end = len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None:
            column = at + len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionError(f"unexpected character {text[column]!r}", column)
        kind = found.lastgroup
        assert kind is not None
        yield Token(kind, found[kind], found.start(kind))
        at = found.end()
    yield Token("end", "", end)


class Parser:
    """Top-down operator precedence: each operator says how strongly it binds on either side."""

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._token = next(self._tokens)

    def parse(self) -> Node:
        tree = self._expression(0)
        if self._token.kind != "end":
            raise self._error(f"unexpected {self._token.text!r}")
        return tree

    def _expression(self, power: int) -> Node:
        left = self._prefix()
        while (binding := POWERS.get(self._token.text)) and binding[0] > power:
            operator = self._advance().text
            left = Binary(operator, left, self._expression(binding[1]))
        return left

    def _prefix(self) -> Node:
        token = self._advance()
        match token:
            case Token("number", text):
                return Number(float(text))
            case Token("name", text) if self._token.text == "(":
                if text not in FUNCTIONS:
                    raise ExpressionError(f"unknown function {text!r}", token.column)
                return Call(text, self._prefix())
            case Token("name", text):
                return Name(text)
            case Token("operator", "-"):
                return Negation(self._expression(NEGATION_POWER))
            case Token("operator", "("):
                inner = self._expression(0)
                if self._token.text != ")":
                    raise self._error("missing ')'")
                self._advance()
                return inner
            case Token("end"):
                raise ExpressionError("the expression ends too early", token.column)
        raise ExpressionError(f"unexpected {token.text!r}", token.column)

    def _advance(self) -> Token:
        token = self._token
        if token.kind != "end":
            self._token = next(self._tokens)
        return token

    def _error(self, message: str) -> ExpressionError:
        return ExpressionError(message, self._token.column)


def parse(text: str) -> Node:
    return Parser(text).parse()


# --- What to do with a tree -------------------------------------------------------------------------------------------


def evaluate(node: Node, names: Mapping[str, float] = CONSTANTS) -> float:
    """Return the value of a tree. Raise ExpressionError where it has none."""
    match node:
        case Number(value):
            return value
        case Name(name):
            if name not in names:
                raise ExpressionError(f"unknown name {name!r}")
            return names[name]
        case Negation(operand):
            return -evaluate(operand, names)
        case Call(function, argument):
            try:
                return FUNCTIONS[function](evaluate(argument, names))
            except ValueError as error:
                raise ExpressionError(f"{function}: {error}") from error
        case Binary(operator, left, right):
            return apply(operator, evaluate(left, names), evaluate(right, names))
    raise TypeError(f"no node: {node!r}")


def apply(operator: str, left: float, right: float) -> float:
    try:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
            case "^":
                return left**right
    except (ZeroDivisionError, OverflowError) as error:
        raise ExpressionError(f"{left:g} {operator} {right:g}: {error}") from error
    raise TypeError(f"no operator: {operator!r}")


def render(node: Node, power: int = 0) -> str:
    """Write a tree with no more parentheses than it needs."""
    match node:
        case Number(value):
            return f"{value:g}"
        case Name(name):
            return name
        case Call(function, argument):
            return f"{function}({render(argument)})"
        case Negation(operand):
            text = f"-{render(operand, NEGATION_POWER)}"
            return f"({text})" if power > NEGATION_POWER else text
        case Binary(operator, left, right):
            before, after = POWERS[operator]
            text = f"{render(left, before - (before < after))} {operator} {render(right, after)}"
            return f"({text})" if power > min(before, after) else text
    raise TypeError(f"no node: {node!r}")


def simplify(node: Node) -> Node:
    """Fold constants and apply the identities of 0 and 1."""
    match node:
        case Negation(operand):
            match simplify(operand):
                case Number(value):
                    return Number(-value)
                case Negation(inner):
                    return inner
                case other:
                    return Negation(other)
        case Call(function, argument):
            return Call(function, simplify(argument))
        case Binary(operator, left, right):
            return simplify_binary(operator, simplify(left), simplify(right))
    return node


def simplify_binary(operator: str, left: Node, right: Node) -> Node:
    match operator, left, right:
        case _, Number(a), Number(b) if not (operator == "/" and b == 0):
            return Number(apply(operator, a, b))
        case ("+", Number(0), other) | ("*", Number(1), other):
            return other
        case (("+" | "-"), other, Number(0)) | (("*" | "/" | "^"), other, Number(1)):
            return other
        case ("*", Number(0), _) | ("*", _, Number(0)) | ("/", Number(0), _):
            return Number(0.0)
        case "^", _, Number(0):
            return Number(1.0)
        case "-", Number(0), other:
            return Negation(other)
        case "*", other, Number():
            return Binary("*", right, other)
        case "*", Number(a), Binary("*", Number(b), other):
            return Binary("*", Number(a * b), other)
    return Binary(operator, left, right)


def derivative(node: Node, name: str) -> Node:
    """Differentiate a tree by a name. The result shares parts with it."""
    match node:
        case Number():
            return Number(0.0)
        case Name(other):
            return Number(float(other == name))
        case Negation(operand):
            return Negation(derivative(operand, name))
        case Binary(("+" | "-") as operator, left, right):
            return Binary(operator, derivative(left, name), derivative(right, name))
        case Binary("*", left, right):
            return Binary("+", Binary("*", derivative(left, name), right), Binary("*", left, derivative(right, name)))
        case Binary("/", left, right):
            above = Binary("-", Binary("*", derivative(left, name), right), Binary("*", left, derivative(right, name)))
            return Binary("/", above, Binary("^", right, Number(2.0)))
        case Binary("^", base, Number(exponent)):
            outer = Binary("*", Number(exponent), Binary("^", base, Number(exponent - 1)))
            return Binary("*", outer, derivative(base, name))
        case Call("exp", argument):
            return Binary("*", node, derivative(argument, name))
        case Call("log", argument):
            return Binary("/", derivative(argument, name), argument)
        case Call("sqrt", argument):
            return Binary("/", derivative(argument, name), Binary("*", Number(2.0), node))
    raise ExpressionError(f"cannot differentiate {node}")


# --- The tour ---------------------------------------------------------------------------------------------------------


def live_nodes() -> int:
    """Nodes that are alive now."""
    return sum(isinstance(o, Node) for o in gc.get_objects())


def show_values() -> None:
    print("== values")
    for text in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "7 / 2 - 1", "sqrt(16) * pi", "1e3 - abs(-0.5)"):
        tree = parse(text)
        print(f"{text:<18} = {evaluate(tree):<12.10g} {tree}")


def show_errors() -> None:
    print("== errors")
    for text in ("2 +", "(1 + 2", "3 $ 4", "cos(1)", "1 / (2 - 2)", "sqrt(-1)", "x + 1", "1 2"):
        try:
            evaluate(parse(text))
        except ExpressionError as error:
            pointer = "" if error.column is None else f" at column {error.column + 1}"
            print(f"{text:<12} {error}{pointer}")


def show_derivatives() -> None:
    print("== derivatives by x")
    for text in ("3 * x ^ 2 + 2 * x + 1", "x * exp(x)", "1 / x", "log(x ^ 2 + 1)", "sqrt(x)", "-(x - 4) * (x + 4)"):
        tree = parse(text)
        slope = simplify(derivative(tree, "x"))
        print(f"{text:<24} -> {slope!s:<32} at 2: {evaluate(slope, {'x': 2.0}):.6g}")


def show_deaths() -> None:
    print("== lives and deaths")
    print("alive before:", live_nodes())
    tree = parse("+".join(f"x ^ {n} * {n}" for n in range(1, 21)))
    print("alive with a tree:", live_nodes())
    slope = derivative(tree, "x")
    print("alive with its derivative, which shares parts:", live_nodes())
    del tree
    print("alive without the tree:", live_nodes())
    del slope
    print("alive without both:", live_nodes())
    print("found by a collection:", gc.collect())


def main() -> None:
    gc.collect()
    gc.disable()
    show_values()
    show_errors()
    show_derivatives()
    show_deaths()


if __name__ == "__main__":
    main()
