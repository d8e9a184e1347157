"""Where in a document a parser is: lines, columns and bytes, counted only when somebody asks."""
from ._tokens import NEWLINE


class Position:
    """A place whose line, column and byte are known; moves only forward."""

    __slots__ = 'pos', 'line', 'column', 'byte'

    def __init__(self, pos=0, line=1, column=0, byte=0):
        self.pos = pos
        self.line = line
        self.column = column
        self.byte = byte

    def at(self, text, pos):
        """The place `pos` in `text`, as a position of its own."""
        part = text[self.pos : pos]
        lines = 0
        last = 0
        for found in NEWLINE.finditer(part):
            lines += 1
            last = found.end()
        column = len(part) - last
        nbytes = len(part) if part.isascii() else len(part.encode('utf-8', 'surrogateescape'))
        return Position(pos, self.line + lines, column if lines else self.column + column, self.byte + nbytes)
