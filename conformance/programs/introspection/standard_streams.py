import sys, subprocess, os
code = 'import sys; print(sys.stdin.errors, sys.stdout.encoding, sys.stdout.errors, sys.stderr.encoding, sys.stderr.errors)'
for variable in ('latin-1', 'ASCII:replace', ':ignore', 'utf8'):
    print(variable, subprocess.run([sys.executable, '-c', code], env={**os.environ, 'PYTHONIOENCODING': variable}, capture_output=True, text=True).stdout.strip())
for locale in ('C', 'POSIX'):
    print(locale, subprocess.run([sys.executable, '-X', 'utf8=0', '-c', code], env={**os.environ, 'LC_ALL': locale}, capture_output=True, text=True).stdout.strip())
for kind in (sys.flags, sys.version_info):
    try:
        type(kind)()
    except TypeError as error:
        print(error)
try:
    sys.unraisablehook(ValueError())
except TypeError as error:
    print(error)
