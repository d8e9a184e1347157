"""Local time of several zones: folds, gaps, offsets before and after, both ends of the calendar."""
import os
import time
from datetime import date, datetime, timedelta, timezone


def show(f):
    try:
        print(repr(f()))
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)


EDGES = [(2024, 3, 10, 1, 59, 59), (2024, 3, 10, 2, 30), (2024, 3, 10, 3), (2024, 11, 3, 0, 59), (2024, 11, 3, 1, 30),
         (2024, 7, 1), (2024, 1, 1), (1, 1, 1), (9999, 12, 31), (1, 1, 3)]
MOMENTS = [1730611800, 1730615400, 1730608200, 1710054000, 0, -1e9, 4e9, -62135596800, 253402300799, 1.5]
for zone in 'EST5EDT,M3.2.0,M11.1.0', 'NPT-5:45', 'UTC0':
    os.environ['TZ'] = zone
    time.tzset()
    print(time.tzname, time.timezone)
    for edge in EDGES:
        for fold in 0, 1:
            v = datetime(*edge, fold=fold)
            show(v.timestamp)
            show(v.astimezone)
            show(lambda: v.astimezone(timezone.utc))
            show(lambda: v.replace(tzinfo=timezone.utc).astimezone())
            show(lambda: v.astimezone(timezone(timedelta(hours=3))))
    for moment in MOMENTS:
        show(lambda: datetime.fromtimestamp(moment))
        show(lambda: date.fromtimestamp(moment))
        show(lambda: datetime.fromtimestamp(moment).timestamp() == moment)
