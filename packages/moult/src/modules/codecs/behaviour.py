"""Error handlers of codecs: registered ones and the standard ones."""
import codecs
def t(f):
    try: print(ascii(f()))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
codecs.register_error('my',lambda e: ('<%s>'%e.object[e.start:e.end],e.end))
codecs.register_error('b',lambda e: (b'!',e.end))
codecs.register_error('neg',lambda e: ('?',-1))
codecs.register_error('bad',lambda e: 5)
codecs.register_error('far',lambda e: ('',999))
codecs.register_error('boom',lambda e: 1/0)
for enc in ('ascii','latin-1','utf-8','utf-16','utf-32-be','cp1252','charmap','unicode_escape'):
    for h in ('my','b','bad','far','boom','nope','strict','ignore','replace','backslashreplace','xmlcharrefreplace','namereplace','surrogateescape','surrogatepass'):
        print(enc,h,end=' '); t(lambda: 'a\u20ac\udc80b'.encode(enc,h)); t(lambda: b'a\xff\x81b'.decode(enc,h))
for n in ('strict','ignore','replace','xmlcharrefreplace','backslashreplace','namereplace','surrogatepass','surrogateescape','my','nope'):
    print(n,end=' '); t(lambda: codecs.lookup_error(n) is codecs.lookup_error(n))
    try: h=codecs.lookup_error(n)
    except LookupError: continue
    for e in (UnicodeEncodeError('ascii','a\u20acb',1,2,'r'),UnicodeDecodeError('ascii',b'a\xffb',1,2,'r'),UnicodeTranslateError('a\u20acb',1,2,'r'),ValueError(1),5,UnicodeEncodeError('utf-8','\udc80x',0,1,'r'),UnicodeDecodeError('utf-8',b'\xed\xb2\x80',0,3,'r'),UnicodeEncodeError('ascii','abc',-5,99,'r')): t(lambda: h(e))
t(lambda: codecs.register_error('x',5)); print(codecs.strict_errors, codecs.ignore_errors)
