"""The reader of a document: takes text piece by piece, calls the parser's handlers token by token.

Words: the *event* is the token being handled, whose place errors and `CurrentLineNumber` name; *default* is the
handler for what has no other. A state is a method that handles one token and says whether it could; it leaves the
position alone and says False when the token is incomplete.
"""
from ._attributes import Attributes
from ._declarations import forms_of
from ._doctype import Doctype
from ._errors import Code, Failure
from ._positions import Position
from ._tokens import (
    DATA,
    FORBIDDEN,
    Incomplete,
    Invalid,
    LINE_PARTS,
    NEWLINE,
    NMTOKEN,
    SPACE,
    scan_comment,
    scan_instruction,
    scan_word,
    tokens_of,
)
from ._xmldecl import read_declaration

_ACTIVATION = 8 << 20
_AMPLIFICATION = 100


class Engine(Attributes, Doctype):
    def __init__(self, parser, separator):
        self.parser = parser
        self.separator = separator
        self.tokens = tokens_of(separator is not None)
        self.text = ''
        self.pos = self.event = self.end = 0
        self.final = False
        self.known = Position()
        self.state = self.document_start
        self.stack = []
        self.depth = 0
        self.level = 0
        self.outer_texts = []
        self.main_state = self.prolog
        self.standalone = False
        self.expanded = 0
        self.consumed = 0
        self.base = None
        self.init_attributes()
        self.init_doctype()

    def feed(self, text, final):
        """Handles what is complete. Raises Failure."""
        self.known = self.known.at(self.text, self.pos)
        self.known.pos = 0
        self.text = self.text[self.pos :] + text
        self.pos = self.event = 0
        self.final = final
        self.consumed += len(text)
        bad = FORBIDDEN.search(self.text)
        self.end = len(self.text) if bad is None else bad.start()
        self.run()
        self.event = self.pos

    def run(self):
        while True:
            if self.depth == 0:
                self.event = self.pos
            try:
                if self.pos < self.end and self.state():
                    continue
                raise Incomplete
            except Invalid as where:
                self.fail(Code.INVALID_TOKEN, where.args[0])
            except Incomplete:
                if self.end < len(self.text):
                    self.fail(Code.INVALID_TOKEN, self.end)
                if self.final:
                    self.finish()
                return

    def end_of_input(self):
        """After the last text, when it ends in the middle of a character."""
        if not self.final:
            self.fail(Code.PARTIAL_CHAR)

    def finish(self):
        """What is wrong with an input that ends here."""
        state = self.state
        if self.depth > 0:
            if self.pos < self.end or state == self.in_cdata:
                self.fail(Code.UNCLOSED_CDATA_SECTION if state == self.in_cdata else Code.UNCLOSED_TOKEN)
            return
        if state == self.in_cdata:
            self.fail(Code.UNCLOSED_CDATA_SECTION, self.end)
        if self.pos < self.end:
            self.fail(Code.UNCLOSED_TOKEN)
        if self.stack or state != self.epilog and not self.is_fragment:
            self.fail(Code.NO_ELEMENTS)

    def fail(self, code, pos=None):
        if pos is not None and self.depth == 0:
            self.event = pos
        raise Failure(code)

    # What any part of a document may hold.

    def call(self, handler, *args):
        self.parser.flush()
        return handler(*args)

    def comment(self):
        start = self.pos
        end = scan_comment(self.text, start, self.end)
        self.pos = end
        handler = self.parser.CommentHandler
        if handler is None:
            self.default_markup(start, end)
        else:
            self.call(handler, NEWLINE.sub('\n', self.text[start + 4 : end - 3]))
        return True

    def instruction(self):
        start = self.pos
        target, data, end = scan_instruction(self.tokens, self.text, start, self.end)
        if target == 'xml':
            self.fail(Code.MISPLACED_XML_PI)
        self.pos = end
        handler = self.parser.ProcessingInstructionHandler
        if handler is None:
            self.default_markup(start, end)
        else:
            self.call(handler, target, NEWLINE.sub('\n', data))
        return True

    def default_markup(self, start, end):
        if self.parser.any_default is not None:
            self.call(self.parser.any_default, self.text[start:end])

    # Before and after the root.

    def document_start(self):
        if self.text.startswith('\ufeff') and self.pos == 0:
            self.pos = 1
            return True
        head = self.text[self.pos : min(self.pos + 6, self.end)]
        if len(head) < 6 and '<?xml '.startswith(head) and not self.final:
            return False
        if head[:5] == '<?xml' and (head[5:] == '' or head[5] in ' \t\r\n?'):
            read_declaration(self)
        self.state = self.main_state
        return True

    def prolog(self):
        text, pos, end = self.text, self.pos, self.end
        c = text[pos]
        if c in ' \t\r\n':
            return self.outer_space()
        if c != '<':
            self.stray(Code.SYNTAX)
        if pos + 1 >= end:
            return False
        c = text[pos + 1]
        if c == '?':
            return self.instruction()
        if c != '!':
            self.foreign_doctype()
            self.state = self.content
            if c == '/':
                raise Invalid(pos + 1)
            return self.content()
        if pos + 2 >= end:
            return False
        if text[pos + 2] == '-':
            return self.comment()
        return self.doctype()

    def outer_space(self):
        start = self.pos
        end = SPACE.match(self.text, start, self.end).end()
        if end == self.end and self.text[end - 1] == '\r' and not self.final:
            end -= 1
            if end == start:
                return False
        self.pos = end
        self.default_markup(start, end)
        return True

    def stray(self, code):
        """Something outside of the root that is not markup."""
        c = self.text[self.pos]
        name = NMTOKEN.match(self.text, self.pos, self.end)
        if name is not None and name.end() < self.end and self.text[name.end()] not in ' \t\r\n>)|,[%?*+':
            raise Invalid(name.end())
        if name is not None or c in '>])(|,"\'#%':
            self.fail(code)
        raise Invalid(self.pos)

    def epilog(self):
        text, pos, end = self.text, self.pos, self.end
        if text[pos] in ' \t\r\n':
            return self.outer_space()
        if text[pos] != '<':
            self.stray(Code.JUNK_AFTER_DOC_ELEMENT)
        if pos + 1 >= end:
            return False
        if text[pos + 1] == '?':
            return self.instruction()
        if text[pos + 1] == '!':
            if pos + 2 >= end:
                return False
            if text[pos + 2] == '-':
                return self.comment()
            if not text[pos + 2].isalpha() and text[pos + 2] != '[':
                raise Invalid(pos + 2)
        elif text[pos + 1] == '/' or not NMTOKEN.match(text[pos + 1]):
            raise Invalid(pos + 1)
        self.fail(Code.JUNK_AFTER_DOC_ELEMENT)

    # Inside of the root.

    def content(self):
        text, pos, end = self.text, self.pos, self.end
        c = text[pos]
        if c == '<':
            if pos + 1 >= end:
                return False
            c = text[pos + 1]
            if c == '/':
                return self.end_tag()
            if c == '?':
                return self.instruction()
            if c != '!':
                return self.start_tag()
            if pos + 2 >= end:
                return False
            if text[pos + 2] == '-':
                return self.comment()
            return self.cdata_start()
        if c == '&':
            return self.reference()
        return self.data()

    def data(self):
        text, pos = self.text, self.pos
        end = DATA.match(text, pos, self.end).end()
        wrong = text.find(']]>', pos, end)
        if wrong >= 0:
            raise Invalid(wrong + 2)
        if end == self.end and not self.final:
            if text[end - 1] == '\r':
                end -= 1
            elif text[end - 1] == ']':
                end -= 2 if text.endswith(']]', pos, end) else 1
        if end <= pos:
            return False
        self.pos = end
        self.characters(pos, end)
        return True

    def characters(self, start, end):
        """Hands over text, line by line as it stands."""
        parser = self.parser
        handler = parser.CharacterDataHandler
        if handler is None:
            return self.default_text(start, end)
        if parser.buffer_text:
            text = self.text[start:end]
            parser.add_text(NEWLINE.sub('\n', text) if '\r' in text else text)
            return
        for found in LINE_PARTS.finditer(self.text, start, end):
            if self.depth == 0:
                self.event = found.start()
            part = found[0]
            handler('\n' if part[0] in '\r\n' else part)

    def default_text(self, start, end):
        handler = self.parser.any_default
        if handler is not None:
            for found in LINE_PARTS.finditer(self.text, start, end):
                if self.depth == 0:
                    self.event = found.start()
                self.call(handler, found[0])

    def cdata_start(self):
        start = self.pos
        if self.text[start + 2] != '[':
            raise Invalid(start + 2)
        self.pos = scan_word(self.text, start + 2, self.end, '[CDATA[')
        handler = self.parser.StartCdataSectionHandler
        if handler is None:
            self.default_markup(start, self.pos)
        else:
            self.call(handler)
        self.state = self.in_cdata
        return True

    def in_cdata(self):
        start = self.pos
        end = self.text.find(']]>', start, self.end)
        if end == start:
            self.pos += 3
            handler = self.parser.EndCdataSectionHandler
            self.state = self.content
            if handler is None:
                self.default_markup(start, self.pos)
            else:
                self.call(handler)
            return True
        if end < 0:
            end = self.end
            while end > start and self.text[end - 1] in ']\r' and not self.final:
                end -= 1
            if end == start:
                return False
        self.pos = end
        self.characters(start, end)
        return True

    # References to entities.

    def reference(self):
        start = self.pos
        self.pos = self.tokens.scan_reference(self.text, start, self.end)
        found = self.tokens.reference.match(self.text, start, self.end)
        char = self.referenced_char(found)
        if char is None:
            self.general_entity(found[1], start)
        elif self.parser.CharacterDataHandler is None:
            self.default_markup(start, self.pos)
        elif self.parser.buffer_text:
            self.parser.add_text(char)
        else:
            self.parser.CharacterDataHandler(char)
        return True

    def general_entity(self, name, start):
        entity = self.entities.get(name)
        parser = self.parser
        if entity is None:
            if not self.has_external or self.standalone:
                self.fail(Code.UNDEFINED_ENTITY)
            self.skipped(name, start)
        elif entity.open:
            self.fail(Code.RECURSIVE_ENTITY_REF)
        elif entity.notation is not None:
            self.fail(Code.BINARY_ENTITY_REF)
        elif entity.value is not None:
            if parser.inhibits_expansion and parser.any_default is not None:
                self.skipped(name, start)
            else:
                self.expand(entity, self.content)
        elif parser.ExternalEntityRefHandler is not None:
            self.external_entity(entity, name)
        else:
            self.default_markup(start, self.pos)

    def skipped(self, name, start):
        handler = self.parser.SkippedEntityHandler
        if handler is None:
            self.default_markup(start, self.pos)
        else:
            self.call(handler, name, 0)

    def external_entity(self, entity, context):
        entity.open = True
        done = self.call(self.parser.ExternalEntityRefHandler, context, entity.base, entity.system, entity.public)
        entity.open = False
        if not done:
            self.fail(Code.EXTERNAL_ENTITY_HANDLING)

    def expand(self, entity, state):
        """Handles an entity's text in the place of its reference."""
        self.meter(len(entity.value))
        outside = self.text, self.pos, self.end, self.final, self.state, self.level
        self.text, self.pos, self.end, self.final = entity.value, 0, len(entity.value), True
        self.state, self.level = state, len(self.stack)
        self.depth += 1
        self.outer_texts.append(outside[0])
        entity.open = True
        self.run()
        if len(self.stack) != self.level:
            self.fail(Code.ASYNC_ENTITY)
        entity.open = False
        self.depth -= 1
        self.outer_texts.pop()
        self.text, self.pos, self.end, self.final, self.state, self.level = outside

    def document_text(self):
        """The text outside of all entities that are being read."""
        return self.outer_texts[0]

    def become_external(self, parent, context):
        """Reads an entity of `parent`'s document: its content, or without `context` declarations."""
        self.is_fragment = True
        self.entities, self.parameters, self.attlists = parent.entities, parent.parameters, parent.attlists
        self.bindings = dict(parent.bindings)
        self.has_external, self.standalone, self.base = parent.has_external, parent.standalone, parent.base
        self.forms = forms_of(self.tokens)
        self.main_state = self.external_subset if context is None else self.content

    def meter(self, nchars):
        self.expanded += nchars
        total = self.consumed + self.expanded
        if total > _ACTIVATION and total > _AMPLIFICATION * self.consumed:
            self.fail(Code.AMPLIFICATION_LIMIT_BREACH)
