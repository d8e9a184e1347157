"""An interpreter of a small Scheme: closures, tail calls, macros in the form of rewriting, error messages with a trace.

    python lisp.py             runs the programs of data/scheme
    python lisp.py FILE...     runs programs of yours

Texts become nested lists of symbols and values, and those a tree of Python closures: a form is analysed once and run often.
Tail calls are a loop (a trampoline), so that recursion in Scheme has no depth in Python.

What to look at in Moult: an environment that a closure lives in, and that holds the closure, is a cycle. The last section
counts environments: those of ordinary calls die at once, those that made closures of their own names wait for the collector.
"""

from __future__ import annotations

import gc
import operator
import re
import sys
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any


class SchemeError(Exception):
    """An error of the program that is run."""


class Symbol(str):
    """A name in a program; strings of the program are `Text`."""

    __slots__ = ()


class Text(str):
    __slots__ = ()


PROGRAMS = Path(__file__).parent / "data" / "scheme"

Form = Any  # a Symbol, Text, int, float, bool, or a list of forms
Code = Callable[["Environment"], Any]


class Environment:
    """Names of one call, and where those are that it does not have itself."""

    __slots__ = ("names", "outer", "__weakref__")

    def __init__(self, names: dict[str, Any], outer: Environment | None = None) -> None:
        self.names = names
        self.outer = outer

    def holder(self, name: str) -> Environment:
        """The innermost environment that has a name."""
        env: Environment | None = self
        while env is not None:
            if name in env.names:
                return env
            env = env.outer
        raise SchemeError(f"unbound name: {name}")


class TailCall:
    """A call that is to be made by whoever asked for the value."""

    __slots__ = ("procedure", "arguments")

    def __init__(self, procedure: Any, arguments: list[Any]) -> None:
        self.procedure = procedure
        self.arguments = arguments


class Procedure:
    """A closure: parameters, a body, and the environment where it was made."""

    __slots__ = ("name", "parameters", "rest", "body", "env")

    def __init__(self, parameters: Form, body: Code, env: Environment) -> None:
        self.name = "lambda"
        names, dot, rest = partition(parameters)
        self.parameters = names
        self.rest = rest if dot else None
        self.body = body
        self.env = env

    def bind(self, arguments: list[Any]) -> Environment:
        wanted = len(self.parameters)
        if len(arguments) < wanted or (len(arguments) > wanted and self.rest is None):
            more = "" if self.rest is None else " or more"
            raise SchemeError(f"{self.name}: expected {wanted}{more} arguments, got {len(arguments)}")
        names = dict(zip(self.parameters, arguments))
        if self.rest is not None:
            names[self.rest] = arguments[wanted:]
        return Environment(names, self.env)


def partition(parameters: Form) -> tuple[list[str], bool, str]:
    """Split `(a b . rest)`, or `rest` alone."""
    if isinstance(parameters, Symbol):
        return [], True, parameters
    if "." in parameters:
        return parameters[:-2], True, parameters[-1]
    return parameters, False, ""


def call(procedure: Any, arguments: list[Any]) -> Any:
    """Call a procedure and all that it calls at its end."""
    while True:
        if isinstance(procedure, Procedure):
            result = procedure.body(procedure.bind(arguments))
        elif callable(procedure):
            result = call_builtin(procedure, arguments)
        else:
            raise SchemeError(f"not a procedure: {show(procedure)}")
        if not isinstance(result, TailCall):
            return result
        procedure, arguments = result.procedure, result.arguments


def call_builtin(function: Callable[..., Any], arguments: list[Any]) -> Any:
    try:
        return function(*arguments)
    except (TypeError, ValueError, ZeroDivisionError, IndexError) as error:
        raise SchemeError(f"({' '.join(map(show, [Symbol(name_of(function)), *arguments]))}): {error}") from None


def name_of(function: Any) -> str:
    return next((name for name, value in BUILTINS.items() if value is function), "builtin")


# --- Reading ----------------------------------------------------------------------------------------------------------

TOKEN = re.compile(r"""\s+|;[^\n]*|(?P<token>['()]|"(?:\\.|[^"\\])*"|[^\s'()";]+)|(?P<bad>.)""")


def read_all(text: str) -> list[Form]:
    """Read every form of a text."""
    tokens = [m["token"] or bad_token(m["bad"]) for m in TOKEN.finditer(text) if m["token"] or m["bad"]]
    tokens.reverse()
    forms = []
    while tokens:
        forms.append(read(tokens))
    return forms


def bad_token(text: str) -> str:
    raise SchemeError(f"cannot read {text!r}")


def read(tokens: list[str]) -> Form:
    if not tokens:
        raise SchemeError("the text ends inside a form")
    token = tokens.pop()
    if token == "(":
        form = []
        while tokens and tokens[-1] != ")":
            form.append(read(tokens))
        if not tokens:
            raise SchemeError("the text ends inside a form")
        tokens.pop()
        return form
    if token == ")":
        raise SchemeError("unexpected )")
    if token == "'":
        return [Symbol("quote"), read(tokens)]
    return atom(token)


def atom(token: str) -> Form:
    if token.startswith('"'):
        return Text(token[1:-1].replace(r"\n", "\n").replace(r"\"", '"'))
    if token in ("#t", "#f"):
        return token == "#t"
    for number in (int, float):
        try:
            return number(token)
        except ValueError:
            pass
    return Symbol(token)


def show(value: Any) -> str:
    """A value as the language writes it."""
    match value:
        case bool():
            return "#t" if value else "#f"
        case None:
            return ""
        case Text():
            return '"' + value.replace('"', r"\"") + '"'
        case list():
            return "(" + " ".join(map(show, value)) + ")"
        case Procedure():
            return f"#<procedure {value.name}>"
        case str() | int() | float():
            return str(value)
    return f"#<builtin {name_of(value)}>"


# --- Analysis: a form becomes a closure -------------------------------------------------------------------------------


def analyse(form: Form, tail: bool = False) -> Code:
    """Compile a form; one in tail position returns TailCalls."""
    if isinstance(form, Symbol):
        return lambda env: env.holder(form).names[form]
    if not isinstance(form, list):
        return lambda env: form
    if not form:
        raise SchemeError("cannot evaluate ()")
    head = form[0]
    if isinstance(head, Symbol):
        if head in REWRITES:
            return analyse(REWRITES[head](*form[1:]), tail)
        if head in SPECIAL:
            try:
                return SPECIAL[head](tail, *form[1:])
            except TypeError:
                raise SchemeError(f"bad syntax: {show(form)}") from None
    return analyse_call(tail, form)


def analyse_call(tail: bool, form: list[Form]) -> Code:
    procedure, *arguments = [analyse(part) for part in form]
    if tail:
        return lambda env: TailCall(procedure(env), [argument(env) for argument in arguments])
    return lambda env: call(procedure(env), [argument(env) for argument in arguments])


def analyse_sequence(forms: tuple[Form, ...], tail: bool) -> Code:
    *first, last = [analyse(form, tail and i == len(forms) - 1) for i, form in enumerate(forms)]
    if not first:
        return last

    def sequence(env: Environment) -> Any:
        for code in first:
            code(env)
        return last(env)

    return sequence


def special_quote(tail: bool, value: Form) -> Code:
    return lambda env: value


def special_if(tail: bool, test: Form, yes: Form, no: Form = False) -> Code:
    test_code, yes_code, no_code = analyse(test), analyse(yes, tail), analyse(no, tail)
    return lambda env: yes_code(env) if test_code(env) is not False else no_code(env)


def special_lambda(tail: bool, parameters: Form, *body: Form) -> Code:
    code = analyse_sequence(body, tail=True)
    return lambda env: Procedure(parameters, code, env)


def special_define(tail: bool, target: Form, *rest: Form) -> Code:
    if isinstance(target, list):
        return special_define(tail, target[0], [Symbol("lambda"), target[1:], *rest])
    (value,) = map(analyse, rest)

    def define(env: Environment) -> None:
        made = env.names[target] = value(env)
        if isinstance(made, Procedure) and made.name == "lambda":
            made.name = target

    return define


def special_set(tail: bool, name: Symbol, form: Form) -> Code:
    value = analyse(form)

    def assign(env: Environment) -> None:
        env.holder(name).names[name] = value(env)

    return assign


def special_begin(tail: bool, *body: Form) -> Code:
    return analyse_sequence(body, tail)


SPECIAL: dict[str, Callable[..., Code]] = {
    "quote": special_quote,
    "if": special_if,
    "lambda": special_lambda,
    "define": special_define,
    "set!": special_set,
    "begin": special_begin,
}


def symbols(text: str) -> Iterator[Symbol]:
    return map(Symbol, text.split())


LAMBDA, IF, LET, BEGIN = symbols("lambda if let begin")


def rewrite_let(bindings: Form, *body: Form) -> Form:
    return [[LAMBDA, [name for name, _ in bindings], *body], *(value for _, value in bindings)]


def rewrite_cond(*clauses: Form) -> Form:
    if not clauses:
        return False
    (test, *body), *others = clauses
    return [BEGIN, *body] if test == "else" else [IF, test, [BEGIN, *body], rewrite_cond(*others)]


def rewrite_and(*forms: Form) -> Form:
    if not forms:
        return True
    return forms[0] if len(forms) == 1 else [IF, forms[0], rewrite_and(*forms[1:]), False]


REWRITES: dict[str, Callable[..., Form]] = {"let": rewrite_let, "cond": rewrite_cond, "and": rewrite_and}

BUILTINS: dict[str, Any] = {
    "+": lambda *values: sum(values),
    "-": lambda first, *rest: first - sum(rest) if rest else -first,
    "*": lambda *values: reduce(operator.mul, values, 1),
    "/": operator.truediv,
    "quotient": operator.floordiv,
    "remainder": operator.mod,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    "eq?": lambda a, b: a is b or (type(a) is type(b) and a == b),
    "not": lambda value: value is False,
    "cons": lambda first, rest: [first, *rest],
    "car": lambda items: items[0],
    "cdr": lambda items: items[1:] if items else items[0],
    "list": lambda *values: list(values),
    "null?": lambda value: value == [],
    "length": len,
    "append": lambda *lists: reduce(operator.add, lists, []),
    "display": lambda value: print(value if isinstance(value, Text) else show(value), end=""),
    "newline": lambda: print(),
}

PRELUDE = PROGRAMS / "prelude.scm"


class Interpreter:
    """A global environment to run programs in."""

    def __init__(self) -> None:
        self.globals = Environment({}, Environment(BUILTINS))
        self.run(PRELUDE.read_text(encoding="utf-8"))

    def run(self, text: str) -> Iterator[str]:
        """Run a program; return what its expressions gave, as text."""
        values = [analyse(form)(self.globals) for form in read_all(text)]
        return filter(None, map(show, values))


BROKEN = ("(undefined 1)", "(car '())", "((lambda (x) x))", "(1 2)", '(+ 1 "one")', "(if)", "(define (f)", ")", "(/ 1 0)")


def show_programs() -> None:
    for name in ("basics", "closures", "tail-calls", "queens"):
        print(f"== {name}")
        for value in Interpreter().run((PROGRAMS / f"{name}.scm").read_text(encoding="utf-8")):
            print(value)


def show_errors() -> None:
    print("== errors")
    for text in BROKEN:
        try:
            list(Interpreter().run(text))
        except SchemeError as error:
            print(f"{text:<18} {error}")


def environments() -> int:
    return sum(isinstance(o, Environment) for o in gc.get_objects())


def show_lifetimes() -> None:
    print("== environments")
    interpreter = Interpreter()
    gc.collect()
    gc.disable()
    before = environments()
    interpreter.run("(fold + 0 (map (lambda (n) (* n n)) (range 0 100)))")
    print("left by a few hundred calls:", environments() - before)
    interpreter.run("(define (twice n) (define (helper m) (* m 2)) (helper n)) (map twice (range 0 10))")
    print("left by ten calls with a procedure inside:", environments() - before)
    print("found by a collection:", gc.collect())
    print("left now:", environments() - before)
    del interpreter
    print("found when the interpreter is dropped:", gc.collect())


def main(files: list[str]) -> None:
    for file in files:
        print(*Interpreter().run(Path(file).read_text(encoding="utf-8")), sep="\n")
    if files:
        return
    show_programs()
    show_errors()
    show_lifetimes()


if __name__ == "__main__":
    main(sys.argv[1:])
