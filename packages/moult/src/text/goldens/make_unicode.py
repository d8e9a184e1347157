"""Writes unicode.json. Run with CPython 3.12: python make_unicode.py"""
import json
import random
import unicodedata
from pathlib import Path

random.seed(15)
PREDICATES = 'isalpha isdecimal isdigit isnumeric isalnum isspace isupper islower istitle isidentifier isprintable'.split()
MAPPINGS = 'upper lower title capitalize swapcase casefold'.split()


def digest(answers):
    state = 0x811C9DC5
    for text in answers:
        raw = text.encode('utf-16-le', 'surrogatepass')
        for i in range(0, len(raw), 2):
            state = (state ^ (raw[i] | raw[i + 1] << 8)) * 0x01000193 & 0xFFFFFFFF
    return f'{state:x}'


chars = [chr(cp) for cp in range(0x110000)]
digests = {p: digest('1' if getattr(c, p)() else '0' for c in chars) for p in PREDICATES}
digests |= {m: digest(getattr(c, m)() for c in chars) for m in MAPPINGS}
digests['part'] = digest('1' if ('a' + c).isidentifier() else '0' for c in chars)
digests['digit'] = digest(str(unicodedata.digit(c, -1)) for c in chars)
digests['decimal'] = digest(str(unicodedata.decimal(c, -1)) for c in chars)
digests['sigma after'] = digest(('aΣ' + c + 'b').lower() for c in chars)
digests['sigma before'] = digest((c + 'Σ').lower() for c in chars)

pool = "aA bZ'1ßΣσςǅǆŉﬁİı\u0345\u0301É٣²一ⅷ\U0001d400\U00010400ᏸნ_\u00ad"
texts = ['', 'hello world', 'HELLO', "they're bill's", 'Ὀδυσσεύς ΟΔΥΣΣΕΥΣ', 'ΑΣ.', 'Σ'] + [
    ''.join(random.choices(pool, k=random.randrange(1, 9))) for _ in range(60)
]
json.dump(
    {
        'digests': digests,
        'predicates': {p: [[t, getattr(t, p)()] for t in texts] for p in PREDICATES},
        'mappings': {m: [[t, getattr(t, m)()] for t in texts] for m in MAPPINGS},
    },
    Path(__file__).with_name('unicode.json').open('w'),
    separators=(',', ':'),
)
