"""Databases of bytes by bytes in files. There is one kind, `dbm.dumb`: the others need libraries in C."""
import os

__all__ = ['open', 'whichdb', 'error']


class error(Exception):
    pass


_names = ['dbm.dumb']
_defaultmod = None
error = (error, OSError)


def open(file, flag='r', mode=0o666):
    """Opens the database at `file`: 'r' to read, 'w' to write, 'c' made if it is missing, 'n' always made anew."""
    from . import dumb

    global _defaultmod
    _defaultmod = dumb
    kind = whichdb(file) if 'n' not in flag else None
    if kind is None:
        if 'c' not in flag and 'n' not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    elif kind == '':
        raise error[0]('db type could not be determined')
    elif kind != 'dbm.dumb':
        raise error[0](f"db type is {kind}, but the module is not available")
    return dumb.open(file, flag, mode)


def whichdb(filename):
    """The module that can open a database; None if it cannot be read, '' if its kind is not known."""
    filename = os.fsdecode(filename)
    try:
        os.stat(filename + '.dat')
        size = os.stat(filename + '.dir').st_size
    except OSError:
        pass
    else:
        if size == 0:
            return 'dbm.dumb'
        with _open(filename + '.dir') as file:
            return 'dbm.dumb' if file.read(1) in (b"'", b'"') else ''
    if os.path.exists(filename + '.pag') and os.path.exists(filename + '.dir') or os.path.exists(filename + '.db'):
        return 'dbm.ndbm'
    try:
        with _open(filename) as file:
            head = file.read(16)
    except OSError:
        return None
    magic = {b'\xce\x9a\x57\x13', b'\xcd\x9a\x57\x13', b'\xcf\x9a\x57\x13'}
    return 'dbm.gnu' if head[:4] in magic or head[:4][::-1] in magic else ''


def _open(path):
    import io

    return io.open(path, 'rb')
