"""epoll and asyncio on pipes of the system: readiness, transports, and what cannot be watched."""
import asyncio
import os
import select
import tempfile

reader, writer = os.pipe()
poll = select.epoll()
poll.register(reader, select.EPOLLIN)
print(poll.poll(0))
os.write(writer, b"x")
print(poll.poll(1) == [(reader, select.EPOLLIN)])
poll.modify(reader, 0)
print(poll.poll(0))
poll.unregister(reader)
with tempfile.TemporaryFile() as file:
    try:
        poll.register(file, select.EPOLLIN)
    except OSError as error:
        print(type(error).__name__, error.errno)
try:
    poll.register(1000, select.EPOLLIN)
except OSError as error:
    print(type(error).__name__, error.errno)
poll.close()
os.close(reader)
os.close(writer)


async def main():
    loop = asyncio.get_running_loop()
    reader, writer = os.pipe()
    stream = asyncio.StreamReader()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(reader, "rb", 0))
    loop.call_later(0.01, os.write, writer, b"one\ntwo\n")
    print(await stream.readline(), await stream.readline())
    os.close(writer)
    print(await stream.read())
    transport.close()


asyncio.run(main())
