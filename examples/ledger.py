"""A bank ledger: double entry, decimal money, transactions that hold or vanish, undo and redo.

Fields check themselves (descriptors), a transaction is a context manager, every change is a command that can be taken back.

What to look at in Moult: after a failed transaction nothing of it is alive but the error. The undo history holds commands, and they
the accounts; clearing it lets closed accounts go, at once and in a fixed order.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from functools import total_ordering
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
CENT = Decimal("0.01")


class LedgerError(Exception):
    """A change that the rules forbid."""


# --- Fields that check themselves -------------------------------------------------------------------------------------


class Checked(Generic[T]):
    """A descriptor: converts and checks what is assigned."""

    def __init__(self, convert: Callable[[Any], T], *rules: tuple[str, Callable[[T], bool]]) -> None:
        self.convert = convert
        self.rules = rules

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Checked[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Checked[T] | T:
        return self if instance is None else vars(instance)[self.name]

    def __set__(self, instance: object, value: Any) -> None:
        converted = self.convert(value)
        for text, holds in self.rules:
            if not holds(converted):
                raise LedgerError(f"{type(instance).__name__}.{self.name} {text}, not {converted}")
        vars(instance)[self.name] = converted


def money(value: Any) -> Decimal:
    """An amount in whole cents, rounded as banks do."""
    try:
        return Decimal(value).quantize(CENT, rounding=ROUND_HALF_EVEN)
    except InvalidOperation:
        raise LedgerError(f"no amount: {value!r}") from None


@total_ordering
class Account:
    """An account; its balance changes through the ledger only."""

    name = Checked(str.strip, ("must not be empty", bool))
    limit = Checked(money, ("must not be positive", lambda amount: amount <= 0))

    def __init__(self, name: str, limit: Any = 0) -> None:
        self.name = name
        self.limit = limit
        self.balance = Decimal("0.00")

    def __repr__(self) -> str:
        return f"<{self.name} {self.balance:,}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and self.name == other.name

    def __lt__(self, other: Account) -> bool:
        return self.name < other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __del__(self) -> None:
        # An account whose name was refused never was one.
        if "name" in vars(self):
            print(f"  (account {self.name} is gone)")


# --- Commands ---------------------------------------------------------------------------------------------------------


class Command:
    """A change that can be taken back."""

    def do(self) -> None:
        raise NotImplementedError

    def undo(self) -> None:
        raise NotImplementedError


@dataclass
class Transfer(Command):
    source: Account
    target: Account
    amount: Decimal
    text: str

    def do(self) -> None:
        after = self.source.balance - self.amount
        if after < self.source.limit:
            raise LedgerError(f"{self.source.name} would have {after}, the limit is {self.source.limit}")
        self.source.balance = after
        self.target.balance += self.amount

    def undo(self) -> None:
        self.target.balance -= self.amount
        self.source.balance += self.amount

    def __str__(self) -> str:
        return f"{self.amount:>10,} {self.source.name} -> {self.target.name}: {self.text}"


@dataclass
class Close(Command):
    ledger: Ledger
    account: Account

    def do(self) -> None:
        if self.account.balance:
            raise LedgerError(f"{self.account.name} still has {self.account.balance}")
        del self.ledger.accounts[self.account.name]

    def undo(self) -> None:
        self.ledger.accounts[self.account.name] = self.account

    def __str__(self) -> str:
        return f"{'':>10} close {self.account.name}"


@dataclass
class Transaction(Command):
    """Commands that hold together, or not at all."""

    text: str
    commands: list[Command] = field(default_factory=list)

    def do(self) -> None:
        with ExitStack() as rollback:
            for command in self.commands:
                command.do()
                rollback.callback(command.undo)
            rollback.pop_all()

    def undo(self) -> None:
        for command in reversed(self.commands):
            command.undo()

    def __str__(self) -> str:
        return "\n".join([f"{self.text}:", *(f"  {command}" for command in self.commands)])


class Ledger:
    """Accounts and the history of their changes."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self._done: list[Command] = []
        self._undone: list[Command] = []
        self._open: Transaction | None = None

    def open(self, name: str, limit: Any = 0) -> Account:
        account = Account(name, limit)
        return self.accounts.setdefault(account.name, account)

    def __getitem__(self, name: str) -> Account:
        try:
            return self.accounts[name]
        except KeyError:
            raise LedgerError(f"no account {name!r}") from None

    def transfer(self, source: str, target: str, amount: Any, text: str) -> None:
        value = money(amount)
        if value <= 0:
            raise LedgerError(f"an amount must be positive, not {value}")
        self._perform(Transfer(self[source], self[target], value, text))

    def close(self, name: str) -> None:
        self._perform(Close(self, self[name]))

    def split(self, source: str, targets: list[str], amount: Any, text: str) -> None:
        """Transfer an amount in equal parts; the first ones get the cents that are left."""
        cents = int(money(amount) / CENT)
        share, left = divmod(cents, len(targets))
        with self.transaction(text):
            for number, target in enumerate(targets):
                self.transfer(source, target, (share + (number < left)) * CENT, f"part {number + 1}")

    @contextmanager
    def transaction(self, text: str) -> Iterator[Transaction]:
        """What is done in the block is one change; if the block fails, nothing happened."""
        if self._open is not None:
            raise LedgerError("a transaction is open")
        self._open = made = Transaction(text)
        try:
            yield made
        except BaseException:
            made.undo()
            raise
        else:
            self._done.append(made)
            self._undone.clear()
        finally:
            self._open = None

    def _perform(self, command: Command) -> None:
        command.do()
        if self._open is not None:
            self._open.commands.append(command)
        else:
            self._done.append(command)
            self._undone.clear()

    def undo(self) -> str:
        if not self._done:
            raise LedgerError("nothing to undo")
        command = self._done.pop()
        command.undo()
        self._undone.append(command)
        return str(command)

    def redo(self) -> str:
        if not self._undone:
            raise LedgerError("nothing to redo")
        command = self._undone.pop()
        command.do()
        self._done.append(command)
        return str(command)

    def forget(self) -> None:
        """Drop the history, the oldest change first."""
        self._undone.clear()
        while self._done:
            del self._done[0]

    def total(self) -> Decimal:
        """The sum of all balances: always zero, because money only moves."""
        return sum((account.balance for account in self.accounts.values()), Decimal("0.00"))

    def pay_interest(self, percent: str) -> None:
        """Pay every positive balance its interest, computed to 6 digits, in one transaction."""
        with localcontext() as context, self.transaction(f"{percent}% interest"):
            context.prec = 6
            rate = Decimal(percent) / 100
            for account in sorted(self.accounts.values()):
                if account.balance > 0 and money(account.balance * rate) > 0:
                    self.transfer("bank", account.name, account.balance * rate, "interest")


# --- The tour ---------------------------------------------------------------------------------------------------------


def show(ledger: Ledger) -> None:
    print("  " + ", ".join(map(repr, sorted(ledger.accounts.values()))), "total", ledger.total())


def attempt(action: Callable[..., object], *arguments: object) -> None:
    try:
        action(*arguments)
    except LedgerError as error:
        print(f"  refused: {error}")


def main() -> None:
    gc.disable()
    ledger = Ledger()
    ledger.open("bank", limit="-1e6")
    for name in ("ada", "bob ", "cleo"):
        ledger.open(name)

    print("== transfers")
    ledger.transfer("bank", "ada", "1000", "opening")
    ledger.transfer("ada", "bob", "0.10", "coffee")
    ledger.transfer("ada", "bob", "0.205", "half a cent rounds to even")
    ledger.split("ada", ["bob", "cleo", "bank"], 100, "dinner")
    show(ledger)

    print("== refusals")
    attempt(ledger.transfer, "bob", "ada", 100, "too much")
    attempt(ledger.transfer, "ada", "dora", 1, "no such account")
    attempt(ledger.transfer, "ada", "bob", "ten", "no amount")
    attempt(ledger.transfer, "ada", "bob", -1, "negative")
    attempt(setattr, ledger["ada"], "limit", 5)
    attempt(ledger.open, "   ")
    attempt(ledger.close, "cleo")
    show(ledger)

    print("== a transaction that fails")
    try:
        with ledger.transaction("shopping") as shopping:
            watched = weakref.ref(shopping)
            ledger.transfer("ada", "cleo", 500, "bicycle")
            show(ledger)
            ledger.transfer("ada", "cleo", 500, "helmet")
    except LedgerError as error:
        print(f"  rolled back: {error}")
        del shopping
    show(ledger)
    print("  the transaction is", "alive" if watched() else "gone")

    print("== interest, undo, redo")
    ledger.pay_interest("1.25")
    show(ledger)
    print(ledger.undo())
    print(ledger.undo())
    show(ledger)
    print(ledger.redo().splitlines()[0])
    ledger.transfer("cleo", "ada", 10, "a new change ends what could be redone")
    attempt(ledger.redo)

    print("== closing accounts")
    for name in ("cleo", "bob"):
        ledger.transfer(name, "bank", ledger[name].balance, "the rest")
        ledger.close(name)
    show(ledger)
    print(ledger.undo())
    show(ledger)
    print(ledger.redo())
    print("  the history keeps them; forgetting it:")
    ledger.forget()
    show(ledger)
    print("  found by a collection:", gc.collect())
    print("== the end")


if __name__ == "__main__":
    main()
