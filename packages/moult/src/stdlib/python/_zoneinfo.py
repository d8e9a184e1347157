"""Time zones under the name that CPython's own module in C has."""
from zoneinfo._common import ZoneInfoNotFoundError
from zoneinfo._zoneinfo import ZoneInfo as _ZoneInfo

__all__ = ['ZoneInfo']


class ZoneInfo(_ZoneInfo):
    __doc__ = None

    @classmethod
    def _new_instance(cls, key):
        try:
            return super()._new_instance(key)
        except ZoneInfoNotFoundError as error:
            # The library's text is for another system.
            error.args = (f'No time zone found with key {key}',)
            raise

    def __repr__(self):
        name = 'zoneinfo.ZoneInfo' if type(self) is ZoneInfo else type(self).__name__
        if self.key is not None:
            return f'{name}(key={self.key!r})'
        return f'{name}.from_file({self._file_repr})'


ZoneInfo.__module__ = 'zoneinfo'
