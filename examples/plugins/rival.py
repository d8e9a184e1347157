"""A plugin that wants a name that another one has."""


@registry.command("rot13")
def mine(text):
    return "mine!"
