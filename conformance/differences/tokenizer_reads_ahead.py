"""`tokenize` reads all lines when the first token is asked for."""

import io
import tokenize

read = []


def readline():
    line = source.readline()
    read.append(line)
    return line


source = io.StringIO('a\nb\nc\n')
next(tokenize.generate_tokens(readline))
print(len(read))
