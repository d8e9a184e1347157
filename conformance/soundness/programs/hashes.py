import binascii
import hashlib
import hmac
import zlib


def test():
    for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "shake_128"):
        h = hashlib.new(name, b"abc")
        h.update(b"more" * 50)
        c = h.copy()
        assert (h.hexdigest(10) if name.startswith("shake") else h.hexdigest()) and repr(c) and h.name and (c.digest(5) if name.startswith("shake") else c.digest())
    assert hmac.new(b"k", b"m", "sha256").hexdigest() and hashlib.pbkdf2_hmac("sha1", b"p", b"s", 3) and hmac.compare_digest("a", "a") and hashlib.blake2b(b"x", key=b"k", digest_size=8).hexdigest()
    assert binascii.hexlify(b"ab", "-") and binascii.unhexlify("ff00") and binascii.b2a_base64(b"data") and binascii.a2b_base64("ZGF0YQ==") and binascii.crc32(b"x") and binascii.b2a_qp(b"=\xff") and binascii.a2b_qp("=3D") and binascii.b2a_uu(b"u") and binascii.crc_hqx(b"a", 1)
    data = b"hello " * 100
    z = zlib.compress(data)
    assert zlib.decompress(z) == data and zlib.crc32(data) and zlib.adler32(data)
    co, do = zlib.compressobj(9), zlib.decompressobj()
    packed = co.compress(data) + co.copy().flush() if False else co.compress(data) + co.flush()
    assert do.decompress(packed, 50) and do.unconsumed_tail and do.copy() and do.flush()
    for bad in (lambda: hashlib.new("nope"), lambda: binascii.unhexlify("f"), lambda: binascii.a2b_base64("a"), lambda: zlib.decompress(b"x"), lambda: zlib.decompressobj().decompress(b"zz")):
        try:
            bad()
        except (ValueError, zlib.error) as e:
            str(e)
