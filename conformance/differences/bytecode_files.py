"""No `.pyc` is written and none is read: the library is a pack that is compiled already."""

import sys

print(sys.dont_write_bytecode)
