"""The document type: entities, and what its declarations report."""
import re

from ._declarations import Declarations, forms_of, literal_value
from ._errors import Code
from ._tokens import DECLARATION_TOKEN, Incomplete, Invalid, SPACE, scan_comment, scan_word

_WS = '[ \t\r\n]'
_PARAMETER = re.compile('%([^;%\\s"\'<>&]+);')


class Doctype(Declarations):
    def init_doctype(self):
        self.entities = {}
        self.parameters = {}
        self.has_external = False
        self.keeps_declarations = True
        self.is_fragment = False
        self.doctype_name = None
        self.system_id = self.public_id = None
        self.init_declarations()

    def doctype(self):
        """`<!DOCTYPE name SYSTEM "…"` up to `[` or `>`."""
        text, start, end = self.text, self.pos, self.end
        pos = scan_word(text, start + 2, end, 'DOCTYPE') if text[start + 2] == 'D' else start
        if pos == start:
            self.other_declaration(start)
        if self.doctype_name is not None:
            self.fail(Code.SYNTAX)
        self.forms = forms_of(self.tokens)
        found = self.forms.doctype_head.match(text, start, end)
        if found is None:
            self.wrong_doctype(pos)
        self.doctype_name = found['n']
        public, system = found['p'], found['s'] or found['ps']
        self.system_id = system and system[1:-1]
        self.public_id = public and ' '.join(public[1:-1].split())
        self.pos = found.end()
        subset = found['e'] == '['
        handler = self.parser.StartDoctypeDeclHandler
        self.reports_doctype = handler is None
        self.event = self.pos - 1
        if system is not None and not self.parser.param_entity_parsing:
            self.check_standalone()
        if handler is not None:
            self.call(handler, self.doctype_name, self.system_id, self.public_id, int(subset))
        else:
            self.default_tokens(start, self.pos if subset else self.pos - 1)
        if subset:
            self.state = self.internal_subset
        else:
            self.end_doctype(self.pos - 1)
        return True

    def default_tokens(self, start, end):
        """Gives a declaration to the default handler, token by token."""
        if self.parser.any_default is None:
            return
        for found in DECLARATION_TOKEN.finditer(self.text, start, end):
            if self.depth == 0:
                self.event = found.start()
            self.call(self.parser.any_default, found[0])

    def other_declaration(self, start):
        """Something that is no DOCTYPE where one could be."""
        pos = start + 2
        if self.text[pos] == '[':
            self.fail(Code.SYNTAX)
        while pos < self.end and self.text[pos].isalpha():
            pos += 1
        if pos >= self.end:
            raise Incomplete
        if pos == start + 2 or self.text[pos] not in ' \t\r\n%':
            raise Invalid(pos)
        self.fail(Code.SYNTAX)

    def wrong_doctype(self, pos):
        """Raises for a head that does not fit: at its first token that no head has in this place."""
        if pos < self.end and self.text[pos] not in ' \t\r\n%':
            raise Invalid(pos)
        wanted = ['name']
        for found in self.whole_tokens(pos):
            token = found[0]
            if token[0] in ' \t\r\n':
                continue
            kind = 'literal' if token[0] in '"\'' else token if token in ('SYSTEM', 'PUBLIC', '[', '>') else 'name'
            if kind in ('SYSTEM', 'PUBLIC') and wanted == ['name']:
                kind = 'name'
            if kind not in wanted:
                self.fail(Code.SYNTAX, found.start())
            wanted = {
                'name': ['SYSTEM', 'PUBLIC', '[', '>'],
                'SYSTEM': ['literal'],
                'PUBLIC': ['literal', 'second'],
                'literal': ['literal'] if 'second' in wanted else ['[', '>'],
            }[kind]

    def incomplete_declaration(self, start):
        """A declaration without its end: what its tokens are shows whether more input can make it whole."""
        name = DECLARATION_TOKEN.match(self.text, start, self.end)
        if name is None:
            raise Invalid(start + 2)
        if name.end() < self.end and self.text[name.end()] not in ' \t\r\n%':
            raise Invalid(name.end())
        for found in self.whole_tokens(name.end()):
            if found[0] == '<':
                raise Invalid(found.start())

    def whole_tokens(self, pos):
        """The tokens of a declaration; raises at the end of the input."""
        text, end = self.text, self.end
        while pos < end:
            found = DECLARATION_TOKEN.match(text, pos, end)
            if found is None:
                if text[pos] not in '"\'':
                    raise Invalid(pos)
                if self.final and end == len(text):
                    self.fail(Code.UNCLOSED_TOKEN, pos)
                raise Incomplete
            if found.end() == end and not self.final:
                raise Incomplete
            yield found
            pos = found.end()
        if self.final and end == len(text):
            self.fail(Code.NO_ELEMENTS, end)
        raise Incomplete

    def end_doctype(self, start):
        parser = self.parser
        if self.system_id is not None or self.parser.uses_foreign_dtd:
            self.external_doctype()
        handler = parser.EndDoctypeDeclHandler
        if handler is not None:
            self.call(handler)
        elif self.reports_doctype:
            self.default_tokens(start, self.pos)
        self.state = self.prolog

    def external_doctype(self):
        parser = self.parser
        self.has_external = True
        wanted = parser.param_entity_parsing
        if wanted == 0 or (wanted == 1 and self.standalone) or parser.ExternalEntityRefHandler is None:
            return
        done = self.call(parser.ExternalEntityRefHandler, None, self.base, self.system_id, self.public_id)
        if not done:
            self.fail(Code.EXTERNAL_ENTITY_HANDLING)
        self.check_standalone()

    def foreign_doctype(self):
        """Before the root of a document without a DOCTYPE."""
        if self.parser.uses_foreign_dtd and self.doctype_name is None:
            self.external_doctype()

    def check_standalone(self):
        handler = self.parser.NotStandaloneHandler
        if not self.standalone and handler is not None and not self.call(handler):
            self.fail(Code.NOT_STANDALONE)

    # Subsets.

    def internal_subset(self):
        if self.text[self.pos] != ']' or self.depth > 0:
            return self.declaration()
        after = SPACE.match(self.text, self.pos + 1, self.end).end()
        if after == self.end:
            return False
        if self.text[after] != '>':
            self.fail(Code.SYNTAX, after)
        start = self.pos
        self.pos = after + 1
        self.event = after
        self.end_doctype(start)
        return True

    def external_subset(self):
        if self.text.startswith(']]>', self.pos, self.end) and self.included > 0:
            self.included -= 1
            self.pos += 3
            return True
        if self.text.startswith('<![', self.pos, self.end):
            return self.conditional_section()
        return self.declaration()

    def conditional_section(self):
        found = re.compile(f'<!\\[{_WS}*(%?[A-Za-z:_.-]+;?){_WS}*\\[').match(self.text, self.pos, self.end)
        if found is None:
            raise Incomplete
        word = found[1]
        if word[0] == '%':
            entity = self.parameters.get(word[1:-1])
            word = '' if entity is None or entity.value is None else entity.value.strip()
        if word == 'INCLUDE':
            self.included += 1
            self.pos = found.end()
            return True
        if word != 'IGNORE':
            self.fail(Code.SYNTAX)
        self.pos = self.end_of_ignored(found.end())
        return True

    def end_of_ignored(self, pos):
        depth = 1
        for found in re.compile('<!\\[|\\]\\]>').finditer(self.text, pos, self.end):
            depth += 1 if found[0] == '<![' else -1
            if depth == 0:
                return found.end()
        raise Incomplete

    def declaration(self):
        """One declaration, comment, instruction or parameter reference of a subset."""
        text, pos, end = self.text, self.pos, self.end
        c = text[pos]
        if c in ' \t\r\n':
            self.pos = SPACE.match(text, pos, end).end()
            if self.reports_doctype:
                self.default_markup(pos, self.pos)
            return True
        if c == '%':
            return self.parameter_reference()
        if c != '<':
            self.stray(Code.SYNTAX)
        if pos + 2 >= end:
            return False
        if text[pos + 1] == '?':
            return self.instruction()
        if text[pos + 1] != '!':
            self.fail(Code.SYNTAX)
        if text[pos + 2] == '-':
            return self.comment()
        return self.markup_declaration()

    def parameter_reference(self):
        start = self.pos
        found = _PARAMETER.match(self.text, start, self.end)
        if found is None:
            self.tokens.scan_name(self.text, start + 1, self.end)
            raise Incomplete
        self.pos = found.end()
        name = found[1]
        entity = self.parameters.get(name)
        self.has_external = True
        if not self.parser.param_entity_parsing:
            self.keeps_declarations = self.standalone
            if self.reports_doctype:
                self.default_markup(start, self.pos)
        elif entity is None:
            if self.standalone:
                self.fail(Code.UNDEFINED_ENTITY)
            self.keeps_declarations = self.standalone
            handler = self.parser.SkippedEntityHandler
            if handler is not None:
                self.call(handler, name, 1)
            elif self.reports_doctype:
                self.default_markup(start, self.pos)
        elif entity.open:
            self.fail(Code.RECURSIVE_ENTITY_REF)
        elif entity.value is not None:
            self.expand(entity, self.internal_subset if not self.is_fragment else self.external_subset)
        elif self.parser.param_entity_parsing and self.parser.ExternalEntityRefHandler is not None:
            self.external_entity(entity, None)
        return True

    def entity_value(self, raw):
        """The text of an entity from its literal: characters and parameters replaced, other references kept."""

        def replace(found):
            if found[0][0] == '%':
                if not self.is_fragment and self.depth == 0:
                    self.fail(Code.PARAM_ENTITY_REF)
                entity = self.parameters.get(found[0][1:-1])
                return '' if entity is None or entity.value is None else entity.value
            return self.referenced_char(self.tokens.reference.match(found[0])) or found[0]

        for found in re.finditer('&[^;]*;?', raw):
            if self.tokens.reference.fullmatch(found[0]) is None:
                self.fail(Code.INVALID_TOKEN)
        return re.sub('&#[^;]*;|%[^;%\\s]+;', replace, literal_value(raw))
