"""What the process has used, and its limits: as far as the system's files tell. No limit can be changed."""
import errno as _errno
import os as _os

error = OSError
RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE = range(8)
RLIMIT_OFILE = RLIMIT_NOFILE
RLIMIT_MEMLOCK, RLIMIT_AS = 8, 9
RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = range(11, 16)
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1

_LIMIT_NAMES = (
    'Max cpu time;Max file size;Max data size;Max stack size;Max core file size;Max resident set;Max processes;'
    'Max open files;Max locked memory;Max address space;Max file locks;Max pending signals;Max msgqueue size;'
    'Max nice priority;Max realtime priority;Max realtime timeout'
).split(';')
_FIELDS = (
    'ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock '
    'ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw'
).split()


class struct_rusage(tuple):
    """struct_rusage: Result from getrusage.

    This object may be accessed either as a tuple of
        (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,
        nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)
    or via the attributes ru_utime, ru_stime, ru_maxrss, and so on."""

    __slots__ = ()
    n_fields = n_sequence_fields = len(_FIELDS)
    n_unnamed_fields = 0

    def __repr__(self):
        return f'resource.struct_rusage({", ".join(f"{name}={value!r}" for name, value in zip(_FIELDS, self))})'


for _i, _name in enumerate(_FIELDS):
    setattr(struct_rusage, _name, property(lambda self, i=_i: self[i]))
del _i, _name


def getrusage(who, /):
    """What the process (or its children) has used. What the system does not tell is 0."""
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD):
        raise ValueError('invalid who parameter')
    times = _os.times()
    if who == RUSAGE_CHILDREN:
        return struct_rusage((times.children_user, times.children_system) + (0,) * 14)
    numbers = _lines('/proc/self/status')
    maxrss = int(numbers.get('VmHWM', '0').split()[0])
    switches = int(numbers.get('voluntary_ctxt_switches', 0)), int(numbers.get('nonvoluntary_ctxt_switches', 0))
    return struct_rusage((times.user, times.system, maxrss) + (0,) * 11 + switches)


def _lines(path):
    try:
        with open(path) as file:
            parts = (line.partition(':') for line in file)
            return {name: value.strip() for name, _colon, value in parts}
    except OSError:
        return {}


def getrlimit(resource, /):
    """The soft and hard limit of a resource."""
    if not 0 <= resource < len(_LIMIT_NAMES):
        raise ValueError('invalid resource specified')
    try:
        with open('/proc/self/limits') as file:
            for line in file:
                if line.startswith(_LIMIT_NAMES[resource] + ' '):
                    soft, hard = line[len(_LIMIT_NAMES[resource]) :].split()[:2]
                    return _number(soft), _number(hard)
    except OSError:
        pass
    return RLIM_INFINITY, RLIM_INFINITY


def _number(text):
    return RLIM_INFINITY if text == 'unlimited' else int(text)


def setrlimit(resource, limits, /):
    """Accepts the limits that are there; others cannot be set."""
    limits = tuple(limits)
    if len(limits) != 2:
        raise ValueError('expected a tuple of 2 integers')
    soft, hard = limits
    before = getrlimit(resource)
    if before[1] != RLIM_INFINITY and soft > before[1] or hard != RLIM_INFINITY and soft > hard:
        raise ValueError('current limit exceeds maximum limit')
    if (soft, hard) != before:
        raise OSError(_errno.ENOSYS, _os.strerror(_errno.ENOSYS))


def prlimit(pid, resource, limits=None, /):
    """`getrlimit` and `setrlimit` for a process, which must be this one."""
    if pid not in (0, _os.getpid()):
        raise PermissionError(_errno.EPERM, _os.strerror(_errno.EPERM))
    before = getrlimit(resource)
    if limits is not None:
        setrlimit(resource, limits)
    return before


def getpagesize():
    """The size of a page of memory in bytes."""
    return 4096
