import io
import os


class I:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


def attempt(function, *args):
    try:
        print(function.__name__, type(function(*args)).__name__)
    except (OSError, TypeError, ValueError, OverflowError) as error:
        print(function.__name__, type(error).__name__, error)


for n in (10**30, 2**31, -(2**31) - 1, -1, I(10**30), I(-1), 1.5):
    attempt(open, n)
    attempt(io.FileIO, n)
for n in (10**30, 2**31, -5, -1, ""):
    attempt(os.listdir, n)
    attempt(os.scandir, n)
print(os.listdir(-1) == os.listdir("."))
