# requires: letters
"""Commands that count; they need the commands that change letters."""

from collections import Counter

VERSION = "2.0"
REQUIRES = ("letters",)


@registry.command("count")
def count(text):
    """Say which letters are the commonest."""
    upper = registry.commands["upper"].command
    letters = Counter(c for c in upper(text) if c.isalpha())
    return ", ".join(f"{letter} {n}" for letter, n in letters.most_common(4))
