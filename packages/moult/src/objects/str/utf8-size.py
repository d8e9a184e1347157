import sys
for text in (chr(0x4000), 'gr\xfc\xdfe', '\U00010400x', 'plain', '\xe9'):
    text = str(text + '')
    before = sys.getsizeof(text)
    compile(text, 'x', 'eval')
    print(ascii(text), before, sys.getsizeof(text) - before)
class S(str): pass
sub = S('\xfc\xfc')
before = sys.getsizeof(sub)
compile(sub, 'x', 'eval')
print(sys.getsizeof(sub) - before)
