from datetime import date, datetime, time, timedelta, timezone


def test():
    d = datetime(2024, 2, 29, 12, 30, 45, 123456, tzinfo=timezone(timedelta(hours=2), "X"))
    assert d.isoformat() and repr(d) and str(d) and d.strftime("%Y-%m-%d %H:%M:%S %z %j") and d.timetuple() and d.utctimetuple() and d.astimezone(timezone.utc) and d.date() and d.timetz()
    assert d + timedelta(days=1.5, seconds=3) and d - datetime(2020, 1, 1, tzinfo=timezone.utc) and d.replace(year=2025, day=1) and hash(d) and d > datetime(2000, 1, 1, tzinfo=timezone.utc) and d.timestamp()
    assert date(2024, 1, 1).isocalendar() and date.fromisoformat("2024-05-06") and date.fromordinal(700000) and date.today() and repr(date.max) and date(2024, 1, 1).ctime() and datetime.fromisoformat("2024-01-02T03:04:05+01:00")
    assert time(1, 2, 3).isoformat() and repr(time(1, 2, tzinfo=timezone.utc)) and time.fromisoformat("04:05") and timedelta(days=-1, microseconds=5) * 3 / 2 and str(timedelta(5, 6, 7)) and repr(timedelta.max) and divmod(timedelta(5), timedelta(2))
    assert datetime.strptime("2024-01-02", "%Y-%m-%d") and d.__reduce__() and timezone.utc.tzname(None) and repr(timezone.min) and f"{d:%H:%M}"
    for bad in (lambda: date(2024, 13, 1), lambda: datetime.fromisoformat("x"), lambda: timedelta.max * 2, lambda: d < datetime(2024, 1, 1), lambda: timezone(timedelta(days=2)), lambda: date.max + timedelta(1)):
        try:
            bad()
        except (ValueError, OverflowError, TypeError) as e:
            str(e)
