"""CPython has imported `site`, `os` and what they need before a program starts, and the names in them are interned. A constant set is made
once more where a string in it gives way to an interned one, which shows in the order of items whose hashes collide."""

print({1, (), 'ab', (0, 'a b')})
