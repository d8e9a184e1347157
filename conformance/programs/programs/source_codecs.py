# Sources in encodings of the library, and what is wrong with them.
for s in (b'# coding: cp1251\na="\xcf\xb3"; print(ascii(a))', b'# coding: cp1252\nprint(ascii("\x81"))', b'# coding: cp1253\nprint(ascii("\xd2"))', b'# coding: rot13\nprint(1)', b'# coding: utf-7\nprint("+AGE-")', b'# coding: no_such\n', b'# coding: cp437\nprint(ascii("\x81")); x = = 1'):
    try:
        exec(compile(s, 's', 'exec'))
    except SyntaxError as e:
        print(e, ascii(e.text), e.lineno, e.offset)
