"""Start and end tags: attributes with their values and defaults, and the names of namespaces."""
import re

from ._errors import Code
from ._tokens import Invalid

_XML = 'http://www.w3.org/XML/1998/namespace'
_XMLNS = 'http://www.w3.org/2000/xmlns/'
_URI_CHARS = frozenset(":/?#[]@!$&'()*+,;=%-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_SPECIAL = re.compile('[&\t\r\n]')
_VALUE_PART = re.compile('\r\n|[\t\r\n]|&[^;]*;|[^&\t\r\n]+')
_SPACES = re.compile(' +')


class Attributes:
    def init_attributes(self):
        self.attlists = {}
        self.bindings = {'xml': _XML}

    def start_tag(self):
        text, start = self.text, self.pos
        found = self.tokens.start_tag.match(text, start, self.end)
        if found is None or '&' in found[2]:
            end = self.tokens.scan_start_tag(text, start, self.end)
            found = self.tokens.start_tag.match(text, start, self.end)
            if found is None:
                raise Invalid(end)
        name, raw, empty = found.groups()
        pairs, declared = self.attributes_of(name, raw, found.start(2))
        bound = []
        ename = name
        if self.separator is not None:
            pairs = self.bind(pairs, bound)
            ename = self.expand_name(name, True)
            pairs = self.expand_names(pairs)
            declared = min(declared, len(pairs))
        self.pos = found.end()
        self.stack.append((name, ename, bound))
        self.report_start(ename, pairs, declared, start)
        if empty:
            if self.depth == 0:
                self.event = self.pos
            self.close(start, self.pos, False)
        return True

    def report_start(self, ename, pairs, declared, start):
        parser = self.parser
        handler = parser.StartElementHandler
        if handler is None:
            self.default_markup(start, self.pos)
            return
        if parser.specified_attributes:
            pairs = pairs[:declared]
        if parser.ordered_attributes:
            self.call(handler, ename, [part for pair in pairs for part in pair])
        else:
            self.call(handler, ename, dict(pairs))

    def attributes_of(self, element, raw, at):
        """Names and values, those of the tag before those by default; and how many are the tag's own."""
        if not raw and element not in self.attlists:
            return [], 0
        types = self.attlists.get(element, {})
        pairs = []
        seen = set()
        for found in self.tokens.attribute.finditer(raw):
            name, value, other = found.groups()
            if name in seen:
                self.fail(Code.DUPLICATE_ATTRIBUTE, at + found.start())
            seen.add(name)
            pairs.append((name, self.attribute_value(value if value is not None else other, types.get(name))))
        declared = len(pairs)
        for name, (_kind, default) in types.items():
            if default is not None and name not in seen:
                pairs.append((name, default))
        return pairs, declared

    def attribute_value(self, raw, declaration):
        value = self.normal_value(raw) if _SPECIAL.search(raw) else raw
        if declaration is not None and declaration[0] != 'CDATA':
            return _SPACES.sub(' ', value).strip(' ')
        return value

    def normal_value(self, raw):
        """White space as blanks, references replaced."""
        parts = []
        for part in _VALUE_PART.findall(raw):
            if part[0] == '&':
                found = self.tokens.reference.match(part)
                if found is None:
                    self.fail(Code.INVALID_TOKEN)
                char = self.referenced_char(found)
                parts.append(self.entity_in_value(found[1]) if char is None else char)
            else:
                parts.append(' ' if part[0] in '\t\r\n' else part)
        return ''.join(parts)

    def entity_in_value(self, name):
        entity = self.entities.get(name)
        if entity is None:
            if not self.has_external or self.standalone:
                self.fail(Code.UNDEFINED_ENTITY)
            return ''
        if entity.open:
            self.fail(Code.RECURSIVE_ENTITY_REF)
        if entity.notation is not None:
            self.fail(Code.BINARY_ENTITY_REF)
        if entity.value is None:
            self.fail(Code.ATTRIBUTE_EXTERNAL_ENTITY_REF)
        if '<' in entity.value:
            self.fail(Code.INVALID_TOKEN)
        self.meter(len(entity.value))
        entity.open = True
        value = self.normal_value(entity.value)
        entity.open = False
        return value

    def referenced_char(self, found):
        """The character of `&#65;` or `&lt;`; None for other entities."""
        name, decimal, hexadecimal = found.groups()
        if name is not None:
            return _PREDEFINED.get(name)
        number = int(decimal) if decimal is not None else int(hexadecimal, 16)
        allowed = (
            0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number < 0x110000 or number in (9, 10, 13)
        )
        if not allowed:
            self.fail(Code.BAD_CHAR_REF)
        return chr(number)

    # Namespaces.

    def bind(self, pairs, bound):
        """Takes `xmlns` attributes out of `pairs`; `bound` gets (prefix, what it was before)."""
        rest = []
        for name, value in pairs:
            if name == 'xmlns':
                self.bind_prefix('', value, bound)
            elif name.startswith('xmlns:'):
                self.bind_prefix(name[6:], value, bound)
            else:
                rest.append((name, value))
        return rest

    def bind_prefix(self, prefix, uri, bound):
        if prefix == 'xmlns':
            self.fail(Code.RESERVED_PREFIX_XMLNS)
        if prefix and not uri:
            self.fail(Code.RESERVED_PREFIX_XML if prefix == 'xml' else Code.UNDECLARING_PREFIX)
        if prefix == 'xml' and uri != _XML:
            self.fail(Code.RESERVED_PREFIX_XML)
        if prefix != 'xml' and uri in (_XML, _XMLNS):
            self.fail(Code.RESERVED_NAMESPACE_URI)
        if self.separator and self.separator in uri and self.separator not in _URI_CHARS:
            self.fail(Code.SYNTAX)
        bound.append((prefix, self.bindings.get(prefix)))
        self.bindings[prefix] = uri or None
        handler = self.parser.StartNamespaceDeclHandler
        if handler is not None:
            self.call(handler, prefix or None, uri or None)

    def expand_name(self, name, is_element):
        prefix, colon, local = name.partition(':')
        if not colon:
            if not is_element:
                return name
            prefix, local = '', name
        uri = self.bindings.get(prefix)
        if uri is None:
            if prefix:
                self.fail(Code.UNBOUND_PREFIX)
            return name
        separator = self.separator
        if prefix and self.parser.namespace_prefixes and separator:
            return f'{uri}{separator}{local}{separator}{prefix}'
        return f'{uri}{separator}{local}'

    def expand_names(self, pairs):
        expanded = []
        seen = set()
        for name, value in pairs:
            if ':' in name:
                name = self.expand_name(name, False)
                if name in seen:
                    self.fail(Code.DUPLICATE_ATTRIBUTE)
                seen.add(name)
            expanded.append((name, value))
        return expanded

    def end_tag(self):
        text, start = self.text, self.pos
        found = self.tokens.end_tag.match(text, start, self.end)
        if found is None:
            self.tokens.scan_end_tag(text, start, self.end)
        if len(self.stack) <= self.level:
            self.fail(Code.ASYNC_ENTITY)
        if self.stack[-1][0] != found[1]:
            self.fail(Code.TAG_MISMATCH, start + 2)
        self.pos = found.end()
        self.close(start, self.pos, True)
        return True

    def close(self, start, end, is_tag):
        _name, ename, bound = self.stack.pop()
        parser = self.parser
        handler = parser.EndElementHandler
        if handler is not None:
            self.call(handler, ename)
        elif is_tag:
            self.default_markup(start, end)
        for prefix, before in reversed(bound):
            handler = parser.EndNamespaceDeclHandler
            if handler is not None:
                self.call(handler, prefix or None)
            self.bindings[prefix] = before
        if not self.stack and not self.is_fragment and self.depth == 0:
            self.state = self.epilog


_PREDEFINED = {'lt': '<', 'gt': '>', 'amp': '&', 'quot': '"', 'apos': "'"}
