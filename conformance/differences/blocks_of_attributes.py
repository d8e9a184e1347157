"""The record of an instance's attributes takes more words here: the bytes that keep their order do not fit into the words that
CPython takes for them. So it comes from another size class, and an address may be used again by another object than there."""

import collections


class Node:
    def __init__(self):
        self.n = None


def again():
    return id(collections.deque()) == id(collections.deque([Node()]))


print([again() for _ in range(12)])
