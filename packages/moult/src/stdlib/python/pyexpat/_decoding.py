"""The text of a document from its bytes: by a mark at its start, by its declaration, or as UTF-8."""
import codecs
import re

_DECLARED = re.compile(rb'<\?xml\s[^>]*?encoding\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_BUILT_IN = {'utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'iso-8859-1', 'us-ascii'}


class Decoder:
    """Bytes in, text out. What is not in the encoding comes out as a lone surrogate, which no document may hold."""

    def __init__(self, encoding):
        self.encoding = encoding
        self._head = b''
        self._decoder = self._decode = None
        self.is_wide = False

    def feed(self, data, final):
        if self._decode is None:
            self._head += data
            name = self.encoding or _encoding_of(self._head, final)
            if name is None:
                return ''
            self._decoder = _decoder(name)
            self._decode = self._decoder.decode
            self.is_wide = name.startswith('utf-16')
            data, self._head = self._head, b''
        return self._decode(data, False)

    def is_inside_char(self):
        """True if the bytes so far end in the middle of a character."""
        return self._decoder is not None and self._decoder.getstate()[0] != b''


def _encoding_of(head, final):
    """The name of the encoding; None while the head is too short to tell."""
    if head.startswith((b'\xff\xfe', b'\xfe\xff')):
        return 'utf-16'
    if len(head) >= 2 and (head[0] == 0 or head[1] == 0):
        return 'utf-16-be' if head[0] == 0 else 'utf-16-le'
    if final:
        return _declared(head)
    if len(head) < 6:
        return None if b'<?xml '.startswith(head) or b'\xef\xbb\xbf'.startswith(head[:3]) else 'utf-8'
    if head.startswith(b'<?xml') and b'?>' not in head:
        return None
    return _declared(head)


def _declared(head):
    found = _DECLARED.match(head.split(b'?>', 1)[0])
    return 'utf-8' if found is None else (found[1] or found[2] or b'').decode('latin-1')


def _decoder(name):
    known = name.lower()
    if known not in _BUILT_IN and known not in ('utf-16-le', 'utf-16-be'):
        # One character for each byte, as for any encoding that the parser does not know itself.
        if len(bytes(range(256)).decode(name, 'replace')) != 256:
            raise ValueError('multi-byte encodings are not supported')
    make = codecs.getincrementaldecoder(name)
    return make('replace' if known.startswith('utf-16') else 'surrogateescape')
