"""The types of `itertools`, `operator` and `functools` are heap types in CPython 3.12 and static, so immortal, here."""

import itertools
import sys

print(sys.getrefcount(itertools.chain) == sys.getrefcount(None))
