"""What cannot be called complains of that before anything is said about its keywords."""
for callee in (False, (), 2.0, [], None, 'x', object()):
    for keywords in ({1: 3}, {'a': 3}, {}):
        for call in (lambda: callee(**keywords), lambda: callee(*[1], **keywords), lambda: callee(b=1, **keywords)):
            try:
                call()
            except TypeError as error:
                print(error)
for callee in (dict, len, print):
    try:
        callee(**{1: 2})
    except TypeError as error:
        print(error)

import hashlib
for numbers in ({'n': 1.5}, {'n': -1, 'p': 1.5}, {'n': -1, 'r': None}, {'n': 2, 'r': 8}, {'n': 3, 'r': 8, 'p': 1}):
    try:
        hashlib.scrypt(b'', salt=b'', **numbers)
    except (TypeError, ValueError) as error:
        print(error)
