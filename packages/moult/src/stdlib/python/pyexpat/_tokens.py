"""The tokens of XML as regular expressions, and where a token that fits none of them goes wrong.

A *token* begins at a position and either fits, is incomplete (more input can make it fit) or is invalid at one
character. Expressions find the tokens that fit; for the others `scan_*` walk to the character. The place matters:
errors name its line and column.
"""
import re
from functools import cache

# Beyond Latin-1 every character counts as a letter: exact classes would take longer to compile than most documents
# to read.
_START = '^\x00-@[-^`{-\xbf\xd7\xf7'
_MORE = '^\x00-,/:-@[-^`{-\xb6\xb8-\xbf\xd7\xf7'
# Without the colon's range: where a colon is part of names.
_MORE_OR_COLON = '^\x00-,/;-@[-^`{-\xb6\xb8-\xbf\xd7\xf7'
_NAME = f'(?:[{_START}]|:)[{_MORE_OR_COLON}]*'

#: What no document may hold.
FORBIDDEN = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]')
SPACE = re.compile('[ \t\r\n]*')
NEWLINE = re.compile('\r\n|\r|\n')
LINE_PARTS = re.compile('[^\r\n]+|\r\n|\r|\n')
DATA = re.compile('[^<&]+')
NMTOKEN = re.compile(f'[{_MORE_OR_COLON}]+')
DECLARATION_TOKEN = re.compile(
    f'<![A-Z]+|[ \t\r\n]+|"[^"]*"|\'[^\']*\'|%{_NAME};|\\#?[{_MORE_OR_COLON}]+[?*+]?|\\)[?*+]|[][()|,>%?*+]'
)


class Incomplete(Exception):
    """A token ends with the input."""


class Invalid(Exception):
    """A token goes wrong at `args[0]`."""


@cache
def tokens_of(namespaces):
    return Tokens(namespaces)


class Tokens:
    """The expressions that depend on whether a colon divides a name."""

    def __init__(self, namespaces):
        plain = f'[{_START}][{_MORE}]*'
        name = f'{plain}(?::{plain})?' if namespaces else _NAME
        self.namespaces = namespaces
        self.name = re.compile(name)
        self.reference = re.compile(f'&(?:({name})|#([0-9]+)|#x([0-9a-fA-F]+));')
        value = '"[^"<]*"|\'[^\'<]*\''
        self.start_tag = re.compile(f'<({name})((?:[ \t\r\n]+{name}[ \t\r\n]*=[ \t\r\n]*(?:{value}))*)[ \t\r\n]*(/?)>')
        self.attribute = re.compile(f'({name})[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|\'([^\']*)\')')
        self.end_tag = re.compile(f'</({name})[ \t\r\n]*>')

    def scan_name(self, text, pos, end):
        """Passes a name; the position behind it. It must begin with a letter."""
        if pos >= end:
            raise Incomplete
        found = self.name.match(text, pos, end)
        if found is None:
            raise Invalid(pos)
        pos = found.end()
        if pos < end and text[pos] == ':':
            if ':' in found[0]:
                raise Invalid(pos)
            if pos + 1 >= end:
                raise Incomplete
            raise Invalid(pos + 1)
        return pos

    def scan_reference(self, text, pos, end):
        """Passes `&name;`, `&#1;` or `&#x1;`."""
        found = self.reference.match(text, pos, end)
        if found is not None:
            return found.end()
        pos += 1
        if text.startswith('#', pos, end):
            pos += 1
            digits = '0123456789'
            if text.startswith('x', pos, end):
                pos += 1
                digits = '0123456789abcdefABCDEF'
            if pos < end and text[pos] not in digits:
                raise Invalid(pos)
            while pos < end and text[pos] in digits:
                pos += 1
        else:
            pos = self.scan_name(text, pos, end)
        if pos >= end:
            raise Incomplete
        raise Invalid(pos)

    def scan_start_tag(self, text, pos, end):
        """Walks a tag whose references are whole but that `start_tag` does not find, or that has bad references."""
        pos = self.scan_name(text, pos + 1, end)
        while True:
            after = SPACE.match(text, pos, end).end()
            if after >= end:
                raise Incomplete
            if text[after] == '>':
                return after + 1
            if text[after] == '/':
                if after + 1 >= end:
                    raise Incomplete
                if text[after + 1] != '>':
                    raise Invalid(after + 1)
                return after + 2
            if after == pos:
                raise Invalid(after)
            pos = self.scan_attribute(text, after, end)

    def scan_attribute(self, text, pos, end):
        pos = SPACE.match(text, self.scan_name(text, pos, end), end).end()
        if pos >= end:
            raise Incomplete
        if text[pos] != '=':
            raise Invalid(pos)
        pos = SPACE.match(text, pos + 1, end).end()
        if pos >= end:
            raise Incomplete
        quote = text[pos]
        if quote not in '"\'':
            raise Invalid(pos)
        pos += 1
        while pos < end:
            c = text[pos]
            if c == quote:
                return pos + 1
            if c == '<':
                raise Invalid(pos)
            pos = self.scan_reference(text, pos, end) if c == '&' else pos + 1
        raise Incomplete

    def scan_end_tag(self, text, pos, end):
        pos = SPACE.match(text, self.scan_name(text, pos + 2, end), end).end()
        if pos >= end:
            raise Incomplete
        raise Invalid(pos)


def scan_word(text, pos, end, word):
    """Passes `word`."""
    for c in word:
        if pos >= end:
            raise Incomplete
        if text[pos] != c:
            raise Invalid(pos)
        pos += 1
    return pos


def scan_comment(text, pos, end):
    """Passes `<!-- … -->`; the position behind it."""
    pos = scan_word(text, pos + 2, end, '--')
    found = text.find('--', pos, end)
    if found < 0 or found + 2 >= end:
        raise Incomplete
    if text[found + 2] != '>':
        raise Invalid(found + 2)
    return found + 3


def scan_instruction(tokens, text, pos, end):
    """Passes `<?target data?>`; (target, data, position behind it)."""
    start = pos + 2
    pos = tokens.scan_name(text, start, end)
    target = text[start:pos]
    if target.lower() == 'xml' and target != 'xml':
        raise Invalid(pos)
    if pos >= end:
        raise Incomplete
    if text[pos] not in ' \t\r\n' and not text.startswith('?>', pos, end):
        if text[pos] == '?' and pos + 1 >= end:
            raise Incomplete
        raise Invalid(pos + 1 if text[pos] == '?' else pos)
    found = text.find('?>', pos, end)
    if found < 0:
        raise Incomplete
    data = text[min(SPACE.match(text, pos, end).end(), found) : found]
    return target, data, found + 2
