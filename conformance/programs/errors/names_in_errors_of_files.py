"""What errors of file functions name: a path as it was given, both paths, or none; async loops over displays."""
import os
import pathlib

missing = pathlib.Path('/nonexistent/file')
for name in 'stat lstat listdir mkdir rmdir unlink chdir readlink scandir utime'.split():
    try:
        getattr(os, name)(missing)
    except OSError as error:
        print(name, error, repr(error.filename))
try:
    os.rename(missing, '/nonexistent/other')
except OSError as error:
    print(error, repr(error.filename), repr(error.filename2))


async def loop():
    async for _ in [1]:
        pass


try:
    loop().send(None)
except TypeError as error:
    print(error)
