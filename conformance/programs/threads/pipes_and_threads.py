"""A read or write of a pipe that must wait lets other threads run."""
import os
import threading
import time

r, w = os.pipe()
seen = []
reader = threading.Thread(target=lambda: seen.append(os.read(r, 100)))
reader.start()
time.sleep(0.01)
print(seen)
os.write(w, b'hello')
reader.join()
print(seen)

r2, w2 = os.pipe()


def feed():
    time.sleep(0.02)
    os.write(w2, b'line one\nline two\n')
    os.close(w2)


feeder = threading.Thread(target=feed)
feeder.start()
with open(r2) as lines:
    print(lines.read())
feeder.join()

r3, w3 = os.pipe()
sizes = []


def drain():
    while data := os.read(r3, 65536):
        sizes.append(len(data))


drainer = threading.Thread(target=drain)
drainer.start()
left = 200_000
with open(w3, 'wb', buffering=0) as out:
    while left:
        left -= out.write(bytes(left))
drainer.join()
print(sum(sizes))
for fd in (r, w, r3):
    os.close(fd)

# Threads that read lines of one stream, and a buffer that stays where it is while a thread waits to fill it.
r, w = os.pipe()
lines = open(r, 'rb')
got = []
readers = [threading.Thread(target=lambda: got.append(lines.readline())) for _ in range(3)]
for thread in readers:
    thread.start()
time.sleep(0.01)
for i in range(3):
    os.write(w, b'line %d\n' % i)
    time.sleep(0.01)
for thread in readers:
    thread.join()
print(sorted(got))
target = bytearray(5)
filler = threading.Thread(target=lambda: print(lines.readinto(target), target))
filler.start()
time.sleep(0.01)
try:
    target.append(1)
except BufferError as e:
    print(e)
os.write(w, b'abcde')
filler.join()
target.append(1)
print(len(target))
lines.close()
os.close(w)
