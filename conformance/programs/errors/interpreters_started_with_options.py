"""Warning options before anything is imported, the name of a program from standard input, streams closed by a program."""
import subprocess
import sys


def run(*args, source=''):
    done = subprocess.run([sys.executable, '-X', 'utf8', *args], input=source, capture_output=True, text=True)
    print(args, done.returncode, done.stdout, done.stderr)


run('-W', 'error', '-c', '"\\d"')
run('-W', 'default', '-c', 'open("/dev/null")')
run('-W', 'nothing', '-c', 'pass')
run('-', source='print(__file__, __name__)')
run('-c', 'print(open(0).read())', source='text')
for _ in range(32):
    subprocess.run(['true'], input='', capture_output=True, text=True)
