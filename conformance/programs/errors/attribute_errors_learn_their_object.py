# An AttributeError that a hook raises learns the object and the name that were looked up, and so gives a hint.
class Hook:
    blech = None

    def __getattr__(self, name):
        raise AttributeError()


class Own(AttributeError):
    pass


class Everything:
    def __getattribute__(self, name):
        raise Own('mine')


hook = Hook()
for look in (lambda: hook.bluch, lambda: getattr(hook, 'bluch'), lambda: Everything().anything):
    try:
        look()
    except AttributeError as error:
        print(type(error).__name__, error.name, type(error.obj).__name__)
print(getattr(hook, 'bluch', 'default'), hasattr(hook, 'bluch'))
hook.bluch
