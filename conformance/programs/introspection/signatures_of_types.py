# Types that are not Python's own have signatures, and so have what `site` adds.
import inspect
import io
import types

for kind in (io.BytesIO, io.StringIO, io.FileIO, io.BufferedReader, io.BufferedRWPair, io.IncrementalNewlineDecoder, types.CodeType, types.MethodType, types.MappingProxyType):
    print(kind.__name__, kind.__text_signature__)
print(inspect.signature(copyright), inspect.signature(quit))
print(inspect.signature(type('Own', (io.BufferedWriter,), {'__doc__': None})))


class Documented:
    """Documented(raw, size=8)\n--\n\nThe rest."""


class Plain:
    """Plain(raw) is not such a line."""


print(Documented.__text_signature__, Plain.__text_signature__, inspect.signature(help))
