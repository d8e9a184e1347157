"""Copies files: os.sendfile from an offset and from the file's position, and shutil on top of it."""
import os
import shutil
import tempfile

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "source")
    with open(source, "wb") as file:
        file.write(bytes(range(256)) * 1000)
    reader = os.open(source, os.O_RDONLY)
    target = os.path.join(folder, "target")
    writer = os.open(target, os.O_RDWR | os.O_CREAT)

    def send(*args):
        try:
            count = os.sendfile(*args)
        except OSError as error:
            print(type(error).__name__, error.errno)
        else:
            print(count, os.lseek(reader, 0, 1), os.lseek(writer, 0, 1))

    send(writer, reader, 10, 4)
    send(writer, reader, None, 4)
    send(writer, reader, 255998, 100)
    send(writer, reader, 300000, 5)
    send(writer, reader, 0, -1)
    send(writer, reader, -1, 5)
    send(99, reader, 0, 1)
    pipe = os.pipe()
    send(writer, pipe[0], None, 1)
    os.lseek(writer, 0, 0)
    print(os.read(writer, 100))
    for fd in (reader, writer, *pipe):
        os.close(fd)
    copy = shutil.copy2(source, os.path.join(folder, "copy"))
    with open(copy, "rb") as file:
        print(file.read() == bytes(range(256)) * 1000, os.stat(copy).st_mode == os.stat(source).st_mode)
    shutil.copytree(folder, folder + "2")
    print(sorted(os.listdir(folder + "2")))
    shutil.rmtree(folder + "2")
