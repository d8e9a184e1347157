# Lengths that are exact up to the largest one.
import sys


class Long:
    def __len__(self):
        return sys.maxsize - 1


print(range(sys.maxsize).__len__(), len(range(sys.maxsize)), Long().__len__(), len(Long()))
try:
    len(range(sys.maxsize + 1))
except OverflowError as error:
    print(error)
sys.set_int_max_str_digits(700)
for text in ('7' * 701, '-' + '7' * 701, '7' * 700 + 'z', ' ' + '7' * 701, '7' * 701 + '_'):
    try:
        int(text)
    except ValueError as error:
        print(str(error)[:60])
