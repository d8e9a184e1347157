import io
import os

PATH = "/tmp/soundness.txt"


def test():
    with open(PATH, "w", encoding="utf-8") as f:
        f.write("héllo\nworld\n" * 10), f.writelines(["a\n", "b\n"]), print("printed", 1, 2.5, file=f)
    with open(PATH, encoding="utf-8") as f:
        assert f.readline() and f.tell() and list(f) and repr(f) and f.name and f.fileno()
    with open(PATH, "rb+") as f:
        f.seek(3), f.read(5), f.write(b"zz"), f.seek(0), f.readinto(bytearray(10)), f.peek(3)
    with open(PATH, "ab", buffering=0) as f:
        f.write(b"raw"), f.tell(), f.readable(), repr(f)
    with io.FileIO(PATH) as f:
        assert f.readall() and f.seek(0) == 0 and f.read(4) and f.mode
    f = open(PATH, "rb")
    f.read(1)
    f.close()
    for bad in (lambda: open("/tmp/none/none"), lambda: open(PATH, "q"), lambda: open(PATH, encoding="nope"), lambda: f.read(), lambda: open("/tmp")):
        try:
            bad()
        except (OSError, ValueError, LookupError) as e:
            str(e)
    os.remove(PATH)
