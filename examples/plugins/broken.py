"""A plugin with a mistake: it registers a command, then fails."""


@registry.command("broken")
def broken(text):
    return text


LIMIT = int("ten")
