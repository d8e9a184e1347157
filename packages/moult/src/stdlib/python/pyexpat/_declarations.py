"""The declarations of a document type: `<!ENTITY`, `<!ATTLIST`, `<!ELEMENT` and `<!NOTATION`."""
import re
from functools import cache

from . import model
from ._errors import Code
from ._tokens import Invalid, NEWLINE

_WS = '[ \t\r\n]'
_LITERAL = '(?:"[^"]*"|\'[^\']*\')'
_IDS = f'(?:SYSTEM{_WS}+(?P<s>{_LITERAL})|PUBLIC{_WS}+(?P<p>{_LITERAL})(?:{_WS}+(?P<ps>{_LITERAL}))?)'
_WHOLE = re.compile(f'<!([A-Z]+)((?:"[^"]*"|\'[^\']*\'|[^"\'>])*)>')
_QUANTITIES = {
    '': model.XML_CQUANT_NONE,
    '?': model.XML_CQUANT_OPT,
    '*': model.XML_CQUANT_REP,
    '+': model.XML_CQUANT_PLUS,
}


class Entity:
    """An entity: its text, or where it is found; `open` while it is being read."""

    __slots__ = 'value', 'base', 'system', 'public', 'notation', 'open'

    def __init__(self, value, base, system, public, notation):
        self.value = value
        self.base = base
        self.system = system
        self.public = public
        self.notation = notation
        self.open = False


def literal_value(raw):
    return NEWLINE.sub('\n', raw)


@cache
def forms_of(tokens):
    return Forms(tokens.name.pattern)


class Forms:
    """What declarations look like."""

    def __init__(self, name):
        ids = f'{_WS}+(?:SYSTEM{_WS}+(?P<s>{_LITERAL})|PUBLIC{_WS}+(?P<p>{_LITERAL}){_WS}+(?P<ps>{_LITERAL}))'
        self.doctype_head = re.compile(f'<!DOCTYPE{_WS}+(?P<n>{name})(?:{ids})?{_WS}*(?P<e>[\\[>])')
        nmtokens = f'\\({_WS}*[^()"\'\\s]+(?:{_WS}*\\|{_WS}*[^()|"\'\\s]+)*{_WS}*\\)'
        self.entity = re.compile(
            f'{_WS}+(?P<pe>%{_WS}+)?(?P<n>{name}){_WS}+(?:(?P<v>{_LITERAL})|{_IDS})(?:{_WS}+NDATA{_WS}+(?P<nd>{name}))?{_WS}*'
        )
        self.notation = re.compile(f'{_WS}+(?P<n>{name}){_WS}+{_IDS}{_WS}*')
        self.attlist = re.compile(f'{_WS}+(?P<n>{name})')
        self.attribute = re.compile(
            f'{_WS}+(?P<n>{name}){_WS}+(?P<t>CDATA|IDREFS?|ID|ENTITY|ENTITIES|NMTOKENS?|NOTATION{_WS}+{nmtokens}|{nmtokens}){_WS}*'
            f'(?:#(?P<d>REQUIRED|IMPLIED)|(?P<f>\\#FIXED{_WS}+)?(?P<v>{_LITERAL}))'
        )
        self.element = re.compile(f'{_WS}+(?P<n>{name}){_WS}+(?P<m>.*?){_WS}*', re.DOTALL)


class Declarations:
    def init_declarations(self):
        self.included = 0
        self.forms = None
        self.reports_doctype = True
        self.readers = {
            'ENTITY': self.read_entity,
            'ATTLIST': self.read_attlist,
            'ELEMENT': self.read_element,
            'NOTATION': self.read_notation,
        }

    def markup_declaration(self):
        start = self.pos
        found = _WHOLE.match(self.text, start, self.end)
        if found is None:
            self.incomplete_declaration(start)
        reader = self.readers.get(found[1])
        if (found[2] or '>')[0] not in ' \t\r\n%':
            raise Invalid(start + 2 + len(found[1]))
        if reader is None:
            self.fail(Code.SYNTAX)
        self.pos = found.end()
        if reader(self.with_parameters(found[2])):
            return True
        if self.reports_doctype:
            self.default_tokens(start, self.pos)
        return True

    def with_parameters(self, body):
        """The body of a declaration outside of the document, where parameter references may stand."""
        if '%' not in body or not self.is_fragment:
            return body

        def replace(found):
            entity = self.parameters.get(found[1])
            return f' {entity.value} ' if entity is not None and entity.value is not None else found[0]

        return re.sub('%([^;%\\s]+);', replace, body)

    def bad(self):
        self.fail(Code.SYNTAX, self.pos - 1)

    def read_entity(self, body):
        found = self.forms.entity.fullmatch(body)
        if found is None:
            self.bad()
        name, is_parameter = found['n'], found['pe'] is not None
        system, public = _ids(found)
        value = None if found['v'] is None else self.entity_value(found['v'][1:-1])
        table = self.parameters if is_parameter else self.entities
        is_new = name not in table and self.keeps_declarations
        if is_new:
            table[name] = Entity(value, self.base, system, public, found['nd'])
        parser = self.parser
        if found['nd'] is not None and parser.UnparsedEntityDeclHandler is not None:
            self.call(parser.UnparsedEntityDeclHandler, name, self.base, system, public, found['nd'])
            return True
        if parser.EntityDeclHandler is None:
            return False
        if is_new:
            self.call(parser.EntityDeclHandler, name, int(is_parameter), value, self.base, system, public, found['nd'])
        return True

    def read_notation(self, body):
        found = self.forms.notation.fullmatch(body)
        if found is None:
            self.bad()
        handler = self.parser.NotationDeclHandler
        if handler is None:
            return False
        system, public = _ids(found)
        self.call(handler, found['n'], self.base, system, public)
        return True

    def read_attlist(self, body):
        found = self.forms.attlist.match(body)
        if found is None:
            self.bad()
        element, pos = found['n'], found.end()
        handler = self.parser.AttlistDeclHandler
        types = self.attlists.setdefault(element, {})
        while body[pos:].strip(' \t\r\n'):
            found = self.forms.attribute.match(body, pos)
            if found is None:
                self.bad()
            pos = found.end()
            kind = re.sub('[ \t\r\n]+', '', found['t'])
            value = None if found['v'] is None else self.attribute_value(found['v'][1:-1], (kind, None))
            if found['n'] not in types and self.keeps_declarations:
                types[found['n']] = kind, value
            if handler is not None:
                required = found['d'] == 'REQUIRED' or found['f'] is not None
                self.call(handler, element, found['n'], kind, value, int(required))
        return handler is not None

    def read_element(self, body):
        found = self.forms.element.fullmatch(body)
        if found is None:
            self.bad()
        content = _content_model(re.sub('[ \t\r\n]+', '', found['m']))
        if content is None:
            self.bad()
        handler = self.parser.ElementDeclHandler
        if handler is None:
            return False
        self.call(handler, found['n'], content)
        return True


def _ids(found):
    system, public = found['s'] or found['ps'], found['p']
    return system and system[1:-1], public and ' '.join(public[1:-1].split())


def _content_model(text):
    """The tuple (type, quantity, name, children) of a model without blanks; None if it is none."""
    if text == 'EMPTY':
        return model.XML_CTYPE_EMPTY, 0, None, ()
    if text == 'ANY':
        return model.XML_CTYPE_ANY, 0, None, ()
    if text.startswith('(#PCDATA'):
        return _mixed(text)
    parts = re.findall('[(),|]|[?*+]|[^(),|?*+]+', text)
    if not parts or parts[0] != '(':
        return None
    try:
        particle = _particle(parts)
    except (IndexError, ValueError):
        return None
    return None if parts else particle


def _mixed(text):
    found = re.fullmatch('\\(#PCDATA((?:\\|[^()|?*+,]+)*)\\)(\\*?)', text)
    if found is None or (found[1] and not found[2]):
        return None
    names = found[1].split('|')[1:]
    children = tuple((model.XML_CTYPE_NAME, 0, name, ()) for name in names)
    return model.XML_CTYPE_MIXED, _QUANTITIES[found[2]], None, children


def _particle(parts):
    """Takes one particle from the front of `parts`."""
    first = parts.pop(0)
    if first != '(':
        if first in '),|?*+':
            raise ValueError(first)
        return model.XML_CTYPE_NAME, _quantity(parts), first, ()
    children = [_particle(parts)]
    kind = model.XML_CTYPE_CHOICE if parts[0] == '|' else model.XML_CTYPE_SEQ
    divider = parts[0]
    while parts[0] != ')':
        if parts.pop(0) != divider:
            raise ValueError(divider)
        children.append(_particle(parts))
    parts.pop(0)
    return kind, _quantity(parts), None, tuple(children)


def _quantity(parts):
    return _QUANTITIES[parts.pop(0)] if parts and parts[0] in ('?', '*', '+') else model.XML_CQUANT_NONE
