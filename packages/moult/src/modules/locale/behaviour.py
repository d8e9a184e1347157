"""Categories and their locales, langinfo, conventions, collation."""
import _locale
import locale


def attempt(function, *args):
    try:
        print(function.__name__, args, repr(function(*args)))
    except Exception as error:
        print(function.__name__, args, type(error), error)


setlocale = _locale.setlocale
for category in range(13):
    attempt(setlocale, category)
attempt(setlocale, 6, None)
attempt(setlocale, 6, "C.UTF-8")
attempt(setlocale, 6)
attempt(setlocale, 6, "C")
attempt(_locale.getencoding)
attempt(_locale.nl_langinfo, locale.CODESET)
attempt(setlocale, 1, "C.UTF-8")
attempt(setlocale, 0, "POSIX")
attempt(setlocale, 6)
attempt(setlocale, 6, "C.utf8")
attempt(_locale.nl_langinfo, locale.CODESET)
attempt(setlocale, 6, setlocale(6, "C"))
attempt(setlocale, 3, "C.utf8")
mixed = setlocale(6)
attempt(setlocale, 6, "C")
attempt(setlocale, 6, mixed)
attempt(setlocale, 6, "LC_CTYPE=C;LC_NUMERIC=xx")
attempt(setlocale, 6)
for wrong in [(6, "xx"), (99,), (-1, "C"), ("a",), (0, 4), (13, "C"), (), (2**70,), (0, "a\0")]:
    attempt(setlocale, *wrong)
for name in sorted(name for name in dir(_locale) if isinstance(getattr(_locale, name), int)):
    attempt(_locale.nl_langinfo, getattr(_locale, name))
for wrong in [1, -1, "a", 2**70]:
    attempt(_locale.nl_langinfo, wrong)
attempt(_locale.localeconv)
for pair in [("a", "b"), ("b", "a"), ("a", "a"), ("z", "\u00e9"), ("a\0", "b"), (1, "a"), ("a", None)]:
    attempt(_locale.strcoll, *pair)
for text in ["a\u00e9", 1, "a\0"]:
    attempt(_locale.strxfrm, text)
print(sorted(["b", "A", "a"], key=locale.strxfrm), _locale.Error, locale.Error is _locale.Error)
print(locale.getlocale(), locale.format_string("%.2f", 1234567.891, grouping=True), locale.str(1.5), locale.atof("1.5"))
attempt(locale.currency, 1)
