"""Makes one CPython serve many programs: it imports what they share, then forks for each.

`site` imports this at the interpreter's start. The parent stays here; a child returns, and CPython goes on with the file of
its command line as if it had just been started. So a program costs a fork and an exit, and its frames, its exit and its
exceptions are those of any other run.

Descriptor 3 tells of programs: a line `SECONDS MEGABYTES` for each, once its file is written. On 4 is answered with its
status, as of `waitpid`, when it has ended. MOULT_FUZZ has lines: the paths of what the children write to standard output and
standard error, `confined` if they are kept from changing what is outside of them, and the modules.
"""
import _signal
import gc
import os
import resource
import sys

COMMANDS, ANSWERS = 3, 4
# What a program that was mutated must not do. The names are those of audit events.
FORBIDDEN = (
    "os.", "shutil.", "subprocess.", "socket.", "tempfile.", "pty.", "fcntl.", "syslog.", "webbrowser.", "ftplib.", "urllib.",
    "http.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.", "ctypes.dlopen", "sqlite3.", "resource.", "signal.",
    "setopencodehook", "sys.addaudithook",
)
ALLOWED = ("os.listdir", "os.scandir", "os.walk", "os.getxattr", "os.listxattr")
FORBIDDEN_STATUS = 97


def confine():
    def hook(event, args):
        if event == "open":
            path, mode, flags = args
            allowed = not isinstance(path, int) and not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        else:
            allowed = not event.startswith(FORBIDDEN) or event in ALLOWED
        if not allowed:
            os._exit(FORBIDDEN_STATUS)
    sys.addaudithook(hook)


def enter_child(out, err, confined, seconds, megabytes):
    os.close(COMMANDS)
    os.close(ANSWERS)
    for fd, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, fd)
        os.close(opened)
    _signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 24, 1 << 24))
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    if confined:
        confine()


def serve(out, err, confined, *modules):
    """Returns in each child."""
    for name in modules:
        __import__(name)
    gc.collect()
    # Looking at tens of thousands of objects of modules is most of what a collection would do.
    gc.freeze()
    rest = b""
    while True:
        while b"\n" not in rest:
            data = os.read(COMMANDS, 4096)
            if not data:
                os._exit(0)
            rest += data
        line, rest = rest.split(b"\n", 1)
        seconds, megabytes = map(int, line.split())
        child = os.fork()
        if child == 0:
            return enter_child(out, err, confined, seconds, megabytes)
        status = os.waitpid(child, 0)[1]
        os.write(ANSWERS, b"%d\n" % status)


# A program finds neither the folder nor the variables.
sys.path.remove(os.path.dirname(__file__))
del os.environ["PYTHONPATH"]
serve(*os.environ.pop("MOULT_FUZZ").split("\n"))
