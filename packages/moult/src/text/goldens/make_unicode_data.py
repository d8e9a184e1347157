"""Prints the tables of unicode-data.ts. Run with CPython 3.12: python make_unicode_data.py > ../unicode-data.ts"""
import sys
import unicodedata

ALL = range(sys.maxunicode + 1)
DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'


def base36(n):
    out = ''
    while True:
        n, r = divmod(n, 36)
        out = DIGITS[r] + out
        if not n:
            return out


def ranges(test):
    """The code points at which the answer changes, as differences in base 36."""
    edges, last, previous = [], False, 0
    for cp in ALL:
        now = test(chr(cp))
        if now != last:
            edges.append(base36(cp - previous))
            last, previous = now, cp
    return ' '.join(edges)


def lines(text, width=112):
    words, line, out = text.split(' '), '', []
    for word in words:
        if len(line) + len(word) >= width:
            out.append(line)
            line = ''
        line += word + ' '
    out.append(line)
    return ' +\n'.join(f"  '{x}'" for x in out).rstrip()


digits = ' '.join(
    f'{cp:x}:{unicodedata.digit(chr(cp)):x}' for cp in ALL if chr(cp).isdigit() and not chr(cp).isdecimal()
)
zeros = ' '.join(f'{cp:x}' for cp in ALL if unicodedata.decimal(chr(cp), -1) == 0)
numeric = ranges(lambda c: c.isnumeric() and unicodedata.category(c)[0] != 'N')
titles = ' '.join(
    f'{cp:x}:{"_".join(f"{ord(x):x}" for x in chr(cp).title())}'
    for cp in ALL
    if chr(cp).title() != chr(cp).upper() and not 0x10D0 <= cp <= 0x10FF
)
folds = ' '.join(
    f'{cp:x}:{"_".join(f"{ord(x):x}" for x in chr(cp).casefold())}'
    for cp in ALL
    if chr(cp).casefold() != chr(cp).upper().lower() and not (0x13A0 <= cp <= 0x13FD or 0xAB70 <= cp <= 0xABBF)
)

print(f'''/** Unicode 15.0 data that the JavaScript engine does not have, or has in a newer version.
 *
 *  Written by goldens/make_unicode_data.py from CPython 3.12's own answers; do not edit. *Ranges* are the code points
 *  at which a property changes from no to yes and back, each as the difference to the one before, in base 36. */

/** Ranges of what `str.isprintable` accepts. What is assigned only after Unicode 15.0 is not in them. */
export const PRINTABLE_RANGES =
{lines(ranges(str.isprintable))};

/** Ranges of ideographs with a numeric value, which are letters by category. */
export const NUMERIC_LETTER_RANGES =
{lines(numeric)};

/** The zeros of all decimal digit rows (each has ten digits in order), hexadecimal. */
export const DECIMAL_ZEROS =
{lines(zeros)};

/** Digits outside the decimal rows, `codePoint:value`, hexadecimal. */
export const OTHER_DIGITS =
{lines(digits)};

/** Titlecase mappings that differ from the uppercase one, `codePoint:title_title`, hexadecimal.
 *  Left out: Georgian (U+10D0 to U+10FF), whose letters have uppercase but are their own titlecase. */
export const TITLE_MAPPINGS =
{lines(titles)};

/** Case foldings that differ from the lowercase of the uppercase, in the same form.
 *  Left out: Cherokee, which folds to uppercase. */
export const FOLD_MAPPINGS =
{lines(folds)};''')
