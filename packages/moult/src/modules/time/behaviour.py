"""Formats with flags and widths, arguments out of their ranges, rules of zones, clocks of the system."""
import os
import time


def attempt(function, *args):
    try:
        print(function.__name__, args, repr(function(*args)))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error)


start = [2000, 1, 1, 0, 0, 0, 0, 1, 0]
for i, value in [*enumerate([0, 13, 32, 24, 60, 62, 8, 367, 5]), *enumerate([-5, -1, -1, -1, -1, -1, -2, -1, -3])]:
    parts = tuple([*start[:i], value, *start[i + 1 :]])
    attempt(time.asctime, parts)
    attempt(time.strftime, "%Y %m %d %H %M %S %w %j %Z %z", parts)
for year in (1, 99, 999, 9999, 10000, -1, -12345):
    attempt(time.strftime, "%Y|%y|%C|%G|%g|%F|%D|%4Y|%c|%x", (year, 3, 4, 5, 6, 7, 0, 63, 0))
march = (2024, 3, 4, 5, 6, 7, 0, 64, 0)
attempt(time.strftime, "%-d|%_d|%05d|%^a|%#a|%#Z|%10Y|%Ex|%Od|%k|%l|%P|%r|%s|%V|%u|%e|%h|%n|%t|%R|%T|%X|%+|%q", march)
attempt(time.strftime, "%|%%|%5|%-|%E|%Q|%^p|%#p|%_5e|%-j|%N|%-H%", march)
for wrong in (b"%Y", "%Y\0%m"):
    attempt(time.strftime, wrong, march)
for day in range(1, 8):
    attempt(time.strftime, "%U %W %V %G %j %a", (2021, 1, day, 0, 0, 0, (day + 3) % 7, day, 0))
for wrong in (("a",) * 9, (2**31, 1, 1, 0, 0, 0, 0, 1, 0), (-(2**31), 1, 1, 0, 0, 0, 0, 1, 0), (1, 2), "a"):
    attempt(time.strftime, "%Y", wrong)
for moment in (1e20, 1e18, 67768036191676800, -1e18, float("nan"), "a"):
    attempt(time.gmtime, moment)
attempt(time.mktime, (2024, 14, 35, 25, 61, 61, 0, 0, 0))
attempt(time.strptime, "2020 12", "%Y %m")
attempt(time.strptime, "x", "%Y")
for clock in (0, 1, 4, 99, "a"):
    attempt(time.clock_getres, clock)
attempt(time.clock_settime, 1, 5.0)
attempt(time.clock_settime_ns, 0, 1.5)
print(time.clock_gettime(time.CLOCK_MONOTONIC) <= time.monotonic(), sorted(name for name in dir(time) if name[0] != "_"))
