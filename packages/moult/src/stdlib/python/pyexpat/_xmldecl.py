"""The declaration `<?xml version="1.0" …?>` at the start of a document or entity."""
import re

from ._errors import Code
from ._tokens import Incomplete, SPACE

_PART = re.compile('([A-Za-z]+)[ \t\r\n]*=[ \t\r\n]*(?:"([-.:\\w]*)"|\'([-.:\\w]*)\')')
_ENCODING = re.compile('[A-Za-z][-A-Za-z0-9._]*')


def read_declaration(engine):
    """Passes the declaration and reports it."""
    text, start = engine.text, engine.pos
    end = text.find('?>', start, engine.end)
    if end < 0:
        raise Incomplete
    version, encoding, standalone = _parts(engine, text, start + 5, end)
    engine.pos = end + 2
    if standalone == 1:
        engine.standalone = True
    handler = engine.parser.XmlDeclHandler
    if handler is None:
        engine.default_markup(start, engine.pos)
    else:
        engine.call(handler, version, encoding, standalone)
    engine.parser.check_encoding(encoding)


def _parts(engine, text, pos, end):
    values = {}
    order = ['version', 'encoding', 'standalone']
    while True:
        after = SPACE.match(text, pos, end).end()
        if after == end:
            break
        found = _PART.match(text, after, end)
        misplaced = not values and not engine.is_fragment and found is not None and found[1] != 'version'
        if found is None or after == pos or found[1] not in order or misplaced:
            _wrong(engine, after)
        name = found[1]
        del order[: order.index(name) + 1]
        value = found[2] if found[2] is not None else found[3]
        fits = {
            'version': bool(value),
            'encoding': _ENCODING.fullmatch(value) is not None,
            'standalone': value in ('yes', 'no') and not engine.is_fragment,
        }
        if not fits[name]:
            _wrong(engine, found.end() - 1 - len(value))
        values[name] = value
        pos = found.end()
    if 'version' not in values and not engine.is_fragment or engine.is_fragment and 'encoding' not in values:
        _wrong(engine, SPACE.match(text, end).end())
    standalone = {'yes': 1, 'no': 0}.get(values.get('standalone'), -1)
    return values.get('version'), values.get('encoding'), standalone


def _wrong(engine, pos):
    engine.fail(Code.TEXT_DECL if engine.is_fragment else Code.XML_DECL, pos)
