import io


def test():
    b = io.BytesIO(b"line one\nline two\nrest")
    assert b.readline() and b.read(3) and b.readlines() and b.getvalue() and b.seek(0) == 0 and list(b) and b.tell()
    b.write(b"more" * 50), b.truncate(20), b.writelines([b"x", b"y"])
    with b.getbuffer() as view:
        view[0:1] = b"L"
    s = io.StringIO("first\nsecond\r\nthird", newline=None)
    assert s.readline() and s.read(2) and list(s) and s.getvalue() and s.seek(0) == 0 and s.readlines()
    s.write("tail" * 50), s.truncate(10), s.__getstate__()
    br = io.BufferedReader(io.BytesIO(bytes(range(100)) * 3), 16)
    assert br.peek(3) and br.read(40) and br.read1(5) and br.readinto(bytearray(30)) and br.seek(2) and br.read()
    bw = io.BufferedWriter(io.BytesIO(), 8)
    bw.write(b"abc"), bw.write(b"d" * 20), bw.flush()
    rnd = io.BufferedRandom(io.BytesIO(b"abcdef"), 4)
    rnd.read(2), rnd.write(b"Z"), rnd.seek(0), rnd.read()
    t = io.TextIOWrapper(io.BytesIO("é\nlines\nmore".encode()), encoding="utf-8", newline="\n")
    assert t.readline() and t.read(2) and t.tell() and t.readlines() and t.seek(0) == 0 and t.read() and repr(t)
    t.write("out" * 10), t.flush(), t.reconfigure(line_buffering=True), t.detach()
    pair = io.BufferedRWPair(io.BytesIO(b"in"), io.BytesIO())
    pair.read(1), pair.write(b"o"), pair.flush()
    d = io.IncrementalNewlineDecoder(None, True)
    assert d.decode("a\r\nb\r") and d.decode("", True) and d.newlines
    b.close()
    try:
        b.read()
    except ValueError as e:
        str(e)
