"""What complex() says of objects whose methods give something else."""


class Odd:
    def __complex__(self):
        return 1


class Text:
    def __float__(self):
        return 'x'


for make in Odd, Text, object:
    try:
        complex(make())
    except TypeError as error:
        print(error)
