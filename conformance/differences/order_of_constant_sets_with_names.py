"""CPython makes a constant set once more if a string in it is not yet the interned one, which shows where hashes collide. Names that are
constants too, as those of annotated attributes, are interned from the start, and their object serves for equal strings of the same
source. Moult's compiler does not tell such names from other strings."""


class Node:
    left: object = None


print(list({1, (4, "k"), "left", (4, "longererererererererer")}))
