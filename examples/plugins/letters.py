"""Commands that change letters."""

VERSION = "1.2"


@registry.command("upper")
def upper(text):
    """Write everything in capitals."""
    return text.upper()


@registry.command("reverse")
def reverse(text):
    """Turn the text around.

    Combining characters come out wrong.
    """
    return text[::-1]


@registry.command("title")
def title(text):
    return " ".join(word.capitalize() for word in text.split())


def on_load():
    print("(letters are there)")


def on_unload():
    print("(letters go)")
