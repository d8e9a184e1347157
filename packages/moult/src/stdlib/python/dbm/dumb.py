"""A simple database in three files: `NAME.dat` has the values, each from a multiple of 512 bytes on; `NAME.dir` has a
line with key, place and length for each; `NAME.bak` is the directory before the last commit."""
import ast as _ast
import collections.abc
import io as _io
import os as _os

__all__ = ['error', 'open']

_BLOCK = 512
error = OSError


class _Database(collections.abc.MutableMapping):
    def __init__(self, filebasename, mode, flag='c'):
        filebasename = _os.fsencode(filebasename)
        self._mode = mode
        self._readonly = flag == 'r'
        self._modified = False
        self._dirfile = filebasename + b'.dir'
        self._datfile = filebasename + b'.dat'
        self._bakfile = filebasename + b'.bak'
        self._index = {}
        self._create(flag)
        self._read_index(flag)

    def _create(self, flag):
        if flag == 'n':
            for path in self._dirfile, self._bakfile:
                try:
                    _os.remove(path)
                except OSError:
                    pass
        mode = 'w' if flag == 'n' else 'r'
        try:
            _io.open(self._datfile, mode, encoding='Latin-1').close()
        except OSError:
            if flag not in ('c', 'n'):
                raise
            with _io.open(self._datfile, 'w', encoding='Latin-1'):
                self._chmod(self._datfile)

    def _read_index(self, flag):
        try:
            with _io.open(self._dirfile, encoding='Latin-1') as file:
                for line in file:
                    key, (place, length) = _ast.literal_eval(line.rstrip())
                    self._index[key.encode('Latin-1')] = place, length
        except OSError:
            if flag not in ('c', 'n'):
                raise
            self._modified = True

    def _commit(self):
        if self._index is None or not self._modified:
            return
        for remove in (True, False):
            try:
                _os.unlink(self._bakfile) if remove else _os.rename(self._dirfile, self._bakfile)
            except OSError:
                pass
        with _io.open(self._dirfile, 'w', encoding='Latin-1') as file:
            self._chmod(self._dirfile)
            for key, where in self._index.items():
                file.write('%r, %r\n' % (key.decode('Latin-1'), where))

    sync = _commit

    def _verify_open(self):
        if self._index is None:
            raise error('DBM object has already been closed')

    def _verify_writable(self, what):
        if self._readonly:
            raise error('The database is opened for reading only')
        self._verify_open()

    def __getitem__(self, key):
        self._verify_open()
        place, length = self._index[_bytes(key)]
        with _io.open(self._datfile, 'rb') as file:
            file.seek(place)
            return file.read(length)

    def __setitem__(self, key, value):
        self._verify_writable('set')
        key = _keyed(key, 'keys')
        value = _keyed(value, 'values')
        self._modified = True
        place, length = self._index.get(key, (None, 0))
        if place is None or _blocks(length) < _blocks(len(value)):
            place = self._append(value)
        else:
            self._overwrite(place, value)
        is_new = key not in self._index
        self._index[key] = place, len(value)
        if is_new:
            with _io.open(self._dirfile, 'a', encoding='Latin-1') as file:
                self._chmod(self._dirfile)
                file.write('%r, %r\n' % (key.decode('Latin-1'), (place, len(value))))

    def _append(self, value):
        with _io.open(self._datfile, 'rb+') as file:
            file.seek(0, 2)
            end = file.tell()
            place = _blocks(end) * _BLOCK
            file.write(b'\0' * (place - end) + value)
        return place

    def _overwrite(self, place, value):
        with _io.open(self._datfile, 'rb+') as file:
            file.seek(place)
            file.write(value)

    def __delitem__(self, key):
        self._verify_writable('delete')
        self._modified = True
        del self._index[_bytes(key)]
        self._commit()

    def keys(self):
        self._verify_open()
        return list(self._index)

    def items(self):
        self._verify_open()
        return [(key, self[key]) for key in self._index]

    def __contains__(self, key):
        self._verify_open()
        return _bytes(key) in self._index

    def __iter__(self):
        self._verify_open()
        return iter(self._index)

    iterkeys = __iter__

    def __len__(self):
        self._verify_open()
        return len(self._index)

    def close(self):
        try:
            self._commit()
        finally:
            self._index = self._datfile = self._dirfile = self._bakfile = None

    __del__ = close

    def _chmod(self, path):
        _os.chmod(path, self._mode)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def _blocks(length):
    return (length + _BLOCK - 1) // _BLOCK


def _bytes(key):
    return key.encode('utf-8') if isinstance(key, str) else key


def _keyed(value, what):
    value = _bytes(value)
    if not isinstance(value, (bytes, bytearray)):
        raise TypeError(f'{what} must be bytes or strings')
    return bytes(value) if what == 'keys' else value


def open(file, flag='c', mode=0o666):
    """Opens the database at `file`: 'r' to read, 'w' to write, 'c' made if it is missing, 'n' always made anew."""
    if flag not in ('r', 'w', 'c', 'n'):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    mask = _os.umask(0)
    _os.umask(mask)
    return _Database(file, mode & ~mask, flag=flag)
