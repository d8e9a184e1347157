"""A sales report from a CSV file and a JSON file: validation, grouping, statistics, aligned tables, export.

    python sales_report.py           the report
    python sales_report.py --json    the same figures for a program

Rows are read one at a time through a chain of generators; what cannot be understood is reported with its line, not dropped.

What to look at in Moult: a row lives as long as the generator chain needs it. The footer says how many rows were alive at most,
and how much memory the kept figures take, by `sys.getsizeof`.
"""

from __future__ import annotations

import csv
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class BadRow(ValueError):
    """A row of the file that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Store:
    code: str
    name: str
    country: str
    currency: str
    opened: date


@dataclass(slots=True)
class Sale:
    day: date
    store: Store
    product: str
    quantity: int
    revenue: float
    """In EUR."""

    alive = 0
    most_alive = 0

    def __post_init__(self) -> None:
        Sale.alive += 1
        Sale.most_alive = max(Sale.most_alive, Sale.alive)

    def __del__(self) -> None:
        Sale.alive -= 1


@dataclass
class Summary:
    """Figures of one group of sales."""

    sales: int
    pieces: int
    revenue: float
    median: float
    best: float

    @classmethod
    def of(cls, figures: list[tuple[int, float]]) -> Summary:
        revenues = [revenue for _, revenue in figures]
        return cls(
            sales=len(figures),
            pieces=sum(quantity for quantity, _ in figures),
            revenue=round(sum(revenues), 2),
            median=round(statistics.median(revenues), 2),
            best=round(max(revenues), 2),
        )


# --- Reading ----------------------------------------------------------------------------------------------------------


class Catalogue:
    """Stores and rates of exchange."""

    def __init__(self, path: Path) -> None:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        self.rates: dict[str, float] = content["rates"]
        self.stores = {
            code: Store(code, **{**entry, "opened": date.fromisoformat(entry["opened"])})
            for code, entry in content["stores"].items()
        }

    def sale(self, row: dict[str, str]) -> Sale:
        """Make a sale of a row. Raise BadRow with the reason if it is none."""
        store = self.stores.get(row["store"])
        if store is None:
            raise BadRow(f"no store {row['store']!r}")
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            raise BadRow(f"no such day: {row['date']}") from None
        try:
            quantity = int(row["quantity"])
            price = float(row["price"])
        except ValueError as error:
            raise BadRow(str(error)) from error
        if quantity <= 0:
            raise BadRow(f"quantity {quantity} is not positive")
        return Sale(day, store, row["product"], quantity, quantity * price * self.rates[store.currency])


def read_sales(path: Path, catalogue: Catalogue, complain: Callable[[str], None]) -> Iterator[Sale]:
    """Yield the good rows of a file; complain about the others."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                yield catalogue.sale(row)
            except BadRow as error:
                complain(f"line {reader.line_num}: {error}")


# --- Figures ----------------------------------------------------------------------------------------------------------


class Report:
    """Figures by month, store and product, gathered in one pass."""

    KEYS: dict[str, Callable[[Sale], str]] = {
        "month": lambda sale: f"{sale.day:%Y-%m}",
        "store": lambda sale: sale.store.name,
        "product": lambda sale: sale.product,
    }

    def __init__(self, sales: Iterable[Sale]) -> None:
        self.figures: dict[str, defaultdict[str, list[tuple[int, float]]]] = {
            name: defaultdict(list) for name in self.KEYS
        }
        self.days: list[tuple[date, float]] = []
        for sale in sales:
            for name, key in self.KEYS.items():
                self.figures[name][key(sale)].append((sale.quantity, sale.revenue))
            self.days.append((sale.day, sale.revenue))

    def summaries(self, name: str) -> dict[str, Summary]:
        return {key: Summary.of(figures) for key, figures in sorted(self.figures[name].items())}

    def by_weekday(self) -> Iterator[tuple[str, float]]:
        """Mean revenue of a day with sales, by day of the week."""
        daily = [(day, sum(r for _, r in group)) for day, group in groupby(sorted(self.days), key=lambda pair: pair[0])]
        by_number: dict[int, list[float]] = defaultdict(list)
        for day, revenue in daily:
            by_number[day.weekday()].append(revenue)
        for number in sorted(by_number):
            yield f"{date(2024, 1, 1 + number):%A}", statistics.fmean(by_number[number])

    def trend(self) -> tuple[float, float]:
        """Slope and correlation of the monthly revenue."""
        revenues = [summary.revenue for summary in self.summaries("month").values()]
        months = range(len(revenues))
        return statistics.linear_regression(months, revenues).slope, statistics.correlation(months, revenues)


# --- Output -----------------------------------------------------------------------------------------------------------


def table(title: str, rows: dict[str, Summary]) -> str:
    """A table with a line for each group and a total; numbers to the right."""
    width = max(len(title), *map(len, rows))
    total = sum(summary.revenue for summary in rows.values())
    lines = [f"{title:<{width}} {'sales':>6} {'pieces':>7} {'revenue':>12} {'share':>7} {'median':>9} {'best':>9}"]
    lines.append("-" * len(lines[0]))
    for key, s in rows.items():
        share = s.revenue / total
        lines.append(
            f"{key:<{width}} {s.sales:>6} {s.pieces:>7} {s.revenue:>12,.2f} {share:>7.1%} {s.median:>9.2f} {s.best:>9.2f}"
        )
    lines.append(lines[1])
    pieces = sum(s.pieces for s in rows.values())
    lines.append(f"{'total':<{width}} {sum(s.sales for s in rows.values()):>6} {pieces:>7} {total:>12,.2f}")
    return "\n".join(lines)


def bars(values: dict[str, float], width: int = 36) -> str:
    most = max(values.values())
    pad = max(map(len, values))
    return "\n".join(f"{key:>{pad}} {'█' * round(width * value / most)} {value:.0f}" for key, value in values.items())


def as_csv(rows: dict[str, Summary]) -> str:
    """A table in the format that spreadsheets read, semicolons between fields."""
    text = StringIO()
    writer = csv.DictWriter(text, ["group", *Summary.__dataclass_fields__], delimiter=";", lineterminator="\n")
    writer.writeheader()
    for key, summary in rows.items():
        writer.writerow({"group": key, **asdict(summary)})
    return text.getvalue()


def as_json(report: Report) -> str:
    def plain(value: Any) -> Any:
        return asdict(value) if isinstance(value, Summary) else str(value)

    return json.dumps({name: report.summaries(name) for name in report.KEYS}, default=plain, indent=2, ensure_ascii=False)


def main(arguments: list[str]) -> None:
    catalogue = Catalogue(DATA / "stores.json")
    complaints: list[str] = []
    report = Report(read_sales(DATA / "sales.csv", catalogue, complaints.append))
    if "--json" in arguments:
        print(as_json(report))
        return
    for name in report.KEYS:
        print(table(name, report.summaries(name)), end="\n\n")
    print(bars(dict(report.by_weekday())), end="\n\n")
    slope, correlation = report.trend()
    print(f"trend: {slope:+.2f} EUR a month, correlation {correlation:+.3f}", end="\n\n")
    print(as_csv(report.summaries("product")))
    print(as_json(report)[:150], "...", sep="\n", end="\n\n")
    print(f"{len(complaints)} rows were left out:", *complaints, sep="\n  ")
    print(f"rows alive at most: {Sale.most_alive}, now: {Sale.alive}")
    kept = sum(sys.getsizeof(figures) for groups in report.figures.values() for figures in groups.values())
    print(f"lists of figures: {kept} bytes; a sale: {Sale.__basicsize__} bytes, a store: {Store.__basicsize__} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
