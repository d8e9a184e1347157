"""CPython has the East Asian codecs in C; they are missing here."""

try:
    print('あ'.encode('euc_jp'))
except LookupError as error:
    print(error)
