import re
cases = [
 ('a*b','xaab'),('(a|b)+?c','ababc'),('(?<=a)b(?!c)','abacab abd'),('[a-z]{2,3}','abcdefgh'),('(?i)ab[x-z]','ABZ aby'),('(?:ab)*+c','ababc'),
 ('a++b','aaab'),('a++ab','aaab'),('(?>ab|a)c','abc ac'),('(x)?(?(1)y|z)','xy z xz'),(r'(a)\1','aa'),('^a$','a\n'),(r'\bfoo\b','a foo b'),('[^a]+','aabbcc'),
 ('.+','ab\ncd'),('(?s).+','ab\ncd'),('(?m)^.$','a\nb\nc'),(r'\d+\s*\w+','12 abc é'),('(a*)*','aaa'),('(a*)+','b'),('(a|ab)(c|bcd)(d*)','abcd'),
 ('(?:(a)|b)*','ab'),('(?:(a)|(b))*?c','abc'),('((a)|b)*','ab'),('(?P<n>x+)(?P<m>y)?','xxy xx'),('x{0}','x'),('(?:x{2,3}){2}','xxxxxx'),('(.*?)(a+)$','bbaaa'),
 ('(?!.*b)a','aab aac'),('(?<!a)b','ab bb'),(r'[\w.]+@[\w.]+','x.y@z.org, q@r'),('(a(b(c)))','abc'),('[]a]','a]'),('[\\]\\-a]+','a-]'),('é+','éé É'),('(?i)É+','éé É'),
 ('\U0001F600+','x\U0001F600\U0001F600y'),('.','a\U0001F600b'),('[\U0001F600-\U0001F610]','a\U0001F605b'),('(?i)straße','STRASSE straße'),(r'\Aab\Z','ab'),('(?x) a  b # c\n c','abc'),
 ('(?a)\\w+','aé'),('(a)|(b)','b'),('(?=(a+))a*b\\1','aaaba'),('(?:a|b|)+','ab'),('(?:a?)*?$','aa'),('(?:a+)*?b','aaab'),('(a+|b+)*c','aabbc'),('(?:ab|cd){2,}?','ababcd'),
 ('(ab|a)*?b','aab'),('^(?:(\\d+)|(\\w+))(?:,|$)','12,ab'),('[a-c-e]+','a-e'),('\\x41\\u0042\\N{DIGIT ONE}' if False else '\\x41\\u0042','AB'),('(?P<a>.)(?P=a)','xx'),('(?s:.)a','\na'),('(?-i:A)b','Ab') ,
 ('[^\\W\\d]+','a1é_'),('\\S+\\s','ab c'),('(\\w+) (\\w+)','hello big world'),('(?:(?:a)b|c)+d','abcabd'),('a{,3}','aaaa'),('a{2}','aaaa'),('(a{1,2}){2}','aaa'),('(?<=(a))b','ab'),('x*','axbxx'),('','abc'),('(?:)','ab'),('b|','abc'),
]
for p,s in cases:
    try:
        c=re.compile(p)
        print(repr(p), [ (m.span(), m.groups(), m.lastindex, m.lastgroup) for m in c.finditer(s)], c.findall(s), c.split(s), c.subn(r'<\g<0>>',s), c.match(s), c.fullmatch(s), c.search(s,1,len(s)-1))
    except re.error as e: print(repr(p), 'error', e)
print(re.sub(r'(\w+) (\w+)', r'\2 \1', 'a b c d'), re.sub('a', lambda m: m.group().upper(), 'banana', count=2), re.sub(b'a', b'x', b'banana'))
print(re.compile('a(?P<x>b)', re.I|re.M), re.compile(b'a'), re.compile('x').groupindex, re.compile('(?P<q>x)').groupindex)
print(re.escape('a.b*c'), re.split('[,;]', 'a,b;c', maxsplit=1), re.compile('a')==re.compile('a'), hash(re.compile('a'))==hash(re.compile('a')))
m=re.match('(a)(?P<b>b)?','ac'); print(m.group(0,1,2), m['b'], m.groupdict(), m.groups('z'), m.regs, m.expand(r'\1-\g<b>'), m.start(2), m.pos, m.endpos, m.re.pattern, m.string)
for bad in ['(', 'a**', '[z-a]', '(?P<1>a)', '\\', '(?<=a+)b', '(?P=x)', 'a{3,2}', '*']:
    try: re.compile(bad)
    except re.error as e: print(bad, e, e.pos, e.lineno, e.colno)
for f in [lambda: re.match('a', b'a'), lambda: re.match(b'a','a'), lambda: re.match('a', 1), lambda: m.group(5), lambda: m['zz'], lambda: re.sub('a', 1, 'a')]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
import sys
print(sys.getsizeof(re.compile('abc')), sys.getsizeof(m))
print(re.match('(?:ab)*', 'ab'*50000).end(), re.match('(?:a|b)*c', 'ab'*20000+'c').end())
s=re.Scanner([(r'\d+', lambda s,t: int(t)), (r'\w+', lambda s,t: t), (r'\s+', None)]); print(s.scan('12 ab 3'))

# Programs that are none, counts near the limit, letters with several capital ones, and bytes that may not move.
import _sre
for args in [("abc", 0, [2**128], 0, {}, ()), ({}, 0, [], 0, [], []), ('', 0, ['abc'], 0, {}, ()), ('', 0, [-1], 0, {}, ()),
             ('', 0, [2**32], 0, {}, ()), ('', 0, [1], 0, {}, [])]:
    try:
        print(_sre.compile(*args))
    except Exception as e:
        print(type(e).__name__, e)
for t in (["", -1, ""], ["", (), ""], [], ["", 1], ("",)):
    try:
        print(type(_sre.template("", t)))
    except Exception as e:
        print(type(e).__name__, e)
most = _sre.MAXREPEAT - 1
print(re.match('.{%d}' % most, 'x' * 99), re.match('.{,%d}' % most, 'x' * 99).span(), re.match('.{%d,}?' % most, 'x' * 99))
print(re.match('\ufb05', '\ufb06', re.I), _sre.unicode_iscased(0xdf), re.match('[\ufb04-\ufb05]', '\ufb06', re.I))
b = bytearray(b'axa')
it = re.finditer(b'a', b)
for change in (lambda: b.append(1), lambda: re.sub(b'a', lambda m: b.append(1), b)):
    try:
        change()
    except BufferError as e:
        print(e)
print(len(list(it)))
del it
b.append(1)
