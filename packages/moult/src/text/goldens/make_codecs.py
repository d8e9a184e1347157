"""Writes codecs.json: encodings of random text and data. Run: python3.12 make_codecs.py [count] [path]"""
import json
import random
import sys
from pathlib import Path

random.seed(8)
count = int(sys.argv[1]) if len(sys.argv) > 1 else 2
out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name('codecs.json')

ENCODINGS = ['utf-8', 'utf-8-sig', 'ascii', 'latin-1', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-le', 'utf-32-be']
HANDLERS = ['strict', 'surrogateescape', 'surrogatepass', 'replace', 'ignore', 'backslashreplace', 'xmlcharrefreplace', 'nope']
# No low surrogate alone: after a high one it would become one character in JavaScript.
HIGH = 'abé\u0100\uffff😀\ud800\udbff'
LOW = 'abé\u0100\uffff😀\udc80\udcff\udc00'


def attempt(action):
    try:
        return action()
    except UnicodeError as error:
        return [type(error).__name__, str(error), error.encoding, error.start, error.end, error.reason]
    except Exception as error:
        return [type(error).__name__, str(error)]


def text():
    return ''.join(random.choices(random.choice([HIGH, LOW, 'ab']), k=random.randrange(7)))


def data(encoding):
    if random.random() < 0.5:
        raw = bytearray(text().encode(encoding if encoding[:3] == 'utf' else 'latin-1', 'surrogatepass' if encoding[:3] == 'utf' else 'replace'))
        for _ in range(random.randrange(3)):
            if raw:
                raw[random.randrange(len(raw))] = random.choice(b'\x00a\x80\xd8\xdc\xed\xf4\xff\x3d\x10')
        return bytes(raw[: random.randrange(len(raw) + 1)] if random.random() < 0.5 else raw)
    return bytes(random.choices(b'\x00\x00\x00ab\x80\x90\xa0\xbf\xc2\xe0\xed\xf0\xf4\xff\xd8\xdc\x3d\x10\xfe', k=random.randrange(9)))


def joins(text):
    return isinstance(text, str) and any('\ud800' <= a < '\udc00' <= b < '\ue000' for a, b in zip(text, text[1:]))


decoded = [
    [b.hex(), encoding, errors, answer]
    for encoding in ENCODINGS for errors in HANDLERS for _ in range(count * 2)
    for b in [data(encoding)] for answer in [attempt(lambda: b.decode(encoding, errors))] if not joins(answer)
]
encoded = [
    [t, encoding, errors, attempt(lambda: t.encode(encoding, errors).hex())]
    for encoding in ENCODINGS for errors in HANDLERS for _ in range(count) for t in [text()]
]
json.dump({'encode': encoded, 'decode': decoded}, out.open('w'), separators=(',', ':'))
