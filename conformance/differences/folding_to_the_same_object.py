"""A literal that folding gives back unchanged is held twice by the arena of the parser in CPython, once here."""

import sys

text = 'a b' * 1
print(sys.getrefcount(text))
