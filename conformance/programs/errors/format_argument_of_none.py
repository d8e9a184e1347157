"""What complaints about the argument of __format__ call None."""
for value in (1, 1.5, 1j, 'a', object()):
    for spec in (None, 1):
        try:
            value.__format__(spec)
        except TypeError as error:
            print(error)
