"""Signals wake an event loop: through set_wakeup_fd, whose descriptor must be open and must not wait."""
import asyncio
import os
import signal


async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, lambda: (print("handled"), event.set()))
    loop.call_later(0.01, signal.raise_signal, signal.SIGUSR1)
    await asyncio.wait_for(event.wait(), 30)
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))


def attempt(*args, **kwargs):
    try:
        print(signal.set_wakeup_fd(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


asyncio.run(main())
reader, writer = os.pipe()
attempt(99)
attempt(writer)
os.set_blocking(writer, False)
os.set_blocking(reader, False)
attempt(writer)
signal.signal(signal.SIGUSR2, lambda number, frame: print(signal.Signals(number).name))
for _ in range(2):
    signal.raise_signal(signal.SIGUSR2)
print(os.read(reader, 10))
attempt(-1, warn_on_full_buffer=False)
attempt(-1)
for wrong in (2**40, "a"):
    attempt(wrong)
