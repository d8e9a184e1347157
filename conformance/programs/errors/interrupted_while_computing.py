"""Ctrl-C reaches a program that computes and allocates nothing: as KeyboardInterrupt, or in the program's own handler."""
import signal
import subprocess
import sys

COUNTING = """
def count():
    n = 0
    while True:
        n += 1

try:
    print("ready", flush=True)
    count()
finally:
    print("let go")
"""

HANDLED = """
import signal

def handler(number, frame):
    print("handled", number)
    raise SystemExit(7)

def spin():
    while True:
        pass

signal.signal(signal.SIGINT, handler)
print("ready", flush=True)
spin()
"""

for program in (COUNTING, HANDLED):
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    print(child.stdout.readline().strip())
    child.send_signal(signal.SIGINT)
    out, err = child.communicate()
    print(child.returncode, out.strip(), err.splitlines()[-1:])
