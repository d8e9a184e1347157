"""What `self` is in programs made of test methods: it prints what it is asked to check."""


class Raises:
    def __init__(self, kinds):
        self.kinds = kinds

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.exception = error
        if isinstance(error, self.kinds):
            print('raised', kind.__name__, str(error)[:200])
            return True
        print('not raised', kind and kind.__name__)


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def shown(values):
    return [text[:300] for text in map(repr, values) if ' at 0x' not in text]


class Check:
    def assertRaises(self, kinds, call=None, *args, **keywords):
        if call is None:
            return Raises(kinds)
        with Raises(kinds):
            call(*args, **keywords)

    def assertRaisesRegex(self, kinds, text, call=None, *args, **keywords):
        return self.assertRaises(kinds, call, *args, **keywords)

    def subTest(self, *args, **keywords):
        return Quiet()

    def __getattr__(self, name):
        if not name.startswith(('assert', 'fail')):
            raise AttributeError(name)
        return lambda *args, **keywords: print(name, *shown(args))


self = Check()
