import os

BASE = "/tmp/soundness"


def test():
    os.makedirs(BASE + "/a/b", exist_ok=True)
    fd = os.open(BASE + "/a/file", os.O_RDWR | os.O_CREAT)
    os.write(fd, b"content"), os.lseek(fd, 0, 0), os.read(fd, 4), os.fstat(fd), os.close(fd)
    assert os.listdir(BASE + "/a") and [(e.name, e.is_dir(), e.path, repr(e)) for e in os.scandir(BASE + "/a")] and os.stat(BASE + "/a/file").st_size == 7 and repr(os.stat(BASE))
    os.rename(BASE + "/a/file", BASE + "/a/other"), os.symlink("other", BASE + "/a/link"), os.readlink(BASE + "/a/link")
    assert list(os.walk(BASE)) and os.path.exists(BASE) and os.path.realpath(BASE + "/a/link") and os.getcwd() and os.environ.copy() is not None and os.fspath("x") and os.getpid()
    os.environ["SOUND"] = "1"
    del os.environ["SOUND"]
    for bad in (lambda: os.stat("/nope"), lambda: os.listdir(BASE + "/a/other"), lambda: os.rmdir(BASE), lambda: os.close(12345), lambda: os.stat("a\0b")):
        try:
            bad()
        except (OSError, ValueError) as e:
            str(e), repr(e)
    os.remove(BASE + "/a/link"), os.remove(BASE + "/a/other"), os.removedirs(BASE + "/a/b") if False else os.rmdir(BASE + "/a/b")
    os.rmdir(BASE + "/a"), os.rmdir(BASE)
