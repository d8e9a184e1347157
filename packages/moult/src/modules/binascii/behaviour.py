"""Bytes as text of several kinds, and checksums."""
import base64
import binascii


def show(call):
    try:
        print(repr(call()))
    except Exception as e:
        print(type(e).__name__, e)


data = bytes(range(256))
for f in (binascii.b2a_hex, binascii.b2a_base64, binascii.b2a_qp, binascii.crc32):
    show(lambda: f(data))
show(lambda: binascii.b2a_uu(data[:45]))
show(lambda: binascii.b2a_uu(data))
show(lambda: binascii.b2a_uu(b"\0\0\0", backtick=True))
show(lambda: binascii.crc_hqx(data, 7))
show(lambda: binascii.crc32(data, -1))
show(lambda: binascii.b2a_hex(b"abcdef", "-", 2))
show(lambda: binascii.b2a_hex(b"abcdef", ":", -4))
for text in ("YWJj", "YWJ", "YW=J", "=YWJj", "YWJj====", "YW Jj", "Y", "YWJjZ", "YWI=YWI=", "YWI", "é", 5, b"YQ==\n"):
    for strict in (False, True):
        print(text, strict, end=" ")
        show(lambda: binascii.a2b_base64(text, strict_mode=strict))
for text in ("00", "0", "0g", b"AbCd", 7, "é"):
    show(lambda: binascii.unhexlify(text))
for text in (b"=41=", b"a=\nb", b"a_b", b"=4g", b"= 41", b"==41", b"x=\r\ny"):
    show(lambda: binascii.a2b_qp(text, header=True))
for text in (b"tab\t\nspace \n", b".\n", b"x" * 100, b"a b_c=\r\nd", b"caf\xe9"):
    for options in ({}, {"quotetabs": True}, {"istext": False}, {"header": True}):
        show(lambda: binascii.b2a_qp(text, **options))
for text in (b"%", b"!", b"#86)C\n", b"#86)C x", b"\x1f", b"#\x7f"):
    show(lambda: binascii.a2b_uu(text))
show(lambda: binascii.b2a_base64(memoryview(b"abcdef")[::2]))
show(lambda: binascii.b2a_base64("x"))
print(binascii.Error.__mro__, binascii.Incomplete.__mro__)
print(base64.b64encode(data), base64.b32encode(data), base64.b85encode(data), base64.a85encode(data))
print(base64.b64decode(base64.urlsafe_b64encode(data), altchars=b"-_") == data)
