import sys
def f(n=0, a=b'ab', e=bytes(0)):
    lit = bytes()
    for name, x in [('rep', a*n), ('rep1', b'x'*(n+1)), ('bytes0', bytes(n)), ('slice', a[:n]), ('join', lit.join([])), ('bytes[]', bytes([])), ('bytes[97]', bytes([97+n])),
              ('replace', a.replace(b'ab', b'')), ('strip', b'a'.strip(b'a')), ('concat', lit+bytes(n)), ('empty*3', lit*3), ('ba', bytes(bytearray())), ('str', ''.encode()), ('enc1', 'a'.encode()),
              ('iter', bytes(iter(()))), ('mv', memoryview(a)[:0].tobytes()), ('bytes()', bytes()), ('hex', bytes.fromhex('')), ('split', b'ab'.split(b'ab')[0]), ('part', b'ab'.partition(b'ab')[0]),
              ('trans', a.translate(None, b'ab')), ('lstrip', a.lstrip(b'ab')), ('pref', a.removeprefix(a)), ('upper', lit.upper()), ('zfill', lit.zfill(0)), ('center', lit.center(0)), ('fmt', b'%b' % lit), ('ljust', lit.ljust(0)),
              ('e1', e.upper()), ('e2', e*n), ('e3', e.replace(b'a', b'b')), ('e4', e.translate(None)), ('e5', e.expandtabs()), ('e6', e+e), ('e7', e.join([e, e])), ('e8', bytes(e)), ('e9', b'%b' % e), ('e10', int.to_bytes(0, 0)), ('e11', e.title()), ('e12', e.swapcase()), ('e13', e.capitalize())]:
        print(name, x, x is e, x is lit, x is bytes([97]), x is bytes([120]), sys.getrefcount(x) > 2**30)
f()
