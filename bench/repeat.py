"""Runs a benchmark program several times in one process: the first pass is cold, the last ones are warm.

    python repeat.py PROGRAM PASSES

After each pass it prints `PASS <cpu ms>`, the processor time of all threads; the program itself prints TIME and RESULT.
"""
import sys
import time


def main():
    path = sys.argv[1]
    with open(path) as file:
        code = compile(file.read(), path, "exec")
    for _ in range(int(sys.argv[2])):
        start = time.process_time()
        exec(code, {"__name__": "__main__"})
        print("PASS", (time.process_time() - start) * 1000.0)


main()
