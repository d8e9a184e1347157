"""Secret writing, of a kind."""

import codecs

VERSION = "0.3"


@registry.command("rot13")
def rot13(text):
    """Move each letter by half the alphabet."""
    return codecs.encode(text, "rot13")


@registry.command("atbash")
def atbash(text):
    """Exchange a and z, b and y, and so on."""
    return text.translate(TABLE)


LETTERS = "abcdefghijklmnopqrstuvwxyz"
TABLE = str.maketrans(LETTERS + LETTERS.upper(), LETTERS[::-1] + LETTERS.upper()[::-1])
