import codecs
import encodings.iso8859_3 as e
import sys
m=codecs.charmap_build(e.decoding_table); print(type(m), sys.getsizeof(m), m.size(), type(m).__basicsize__, type(m).__module__)
try: type(m)()
except TypeError as x: print(x)
print(codecs.charmap_build('a'*300), type(codecs.charmap_build(chr(0)+'ab')), codecs.charmap_build('a\U0001F600\ufffe'))
for bad in ('', 5):
    try: codecs.charmap_build(bad)
    except Exception as x: print(type(x), x)
print(codecs.charmap_encode('abc\u0126', 'strict', m))
try: codecs.charmap_encode('abc\u0400', 'strict', m)
except Exception as x: print(x)
print(codecs.charmap_encode('abc\u0400\u0401', 'replace', m), codecs.charmap_encode('a\u0400', 'xmlcharrefreplace', m))
print('\u0126\u0400'.encode('iso8859_3', 'ignore'), 'é'.encode('cp437'))
