import sys

print(sys.intern(str(1)) is '1')


class A:
    pass


a = A()
setattr(a, str(1), 2)
print(list(vars(a))[0] is '1', sys.getrefcount(list(vars(a))[0]) > 100)
d = {str(1): 2}
print(d['1'], d[str(1)], '1' in d, str(1) in {'1'}, {'1', '2'} == {str(1), str(2)}, [str(i) for i in range(3)] == ['0', '1', '2'], str(1) == '1', str(1) != '1', str(1) < '2', sorted(map(str, [3, 1, 2])), ''.join(map(str, range(5))), '1'.find(str(1)), str(5) in '456', ord(str(7)), '1 2 1'.split(str(1)), '121'.count(str(1)), '121'.replace(str(1), str(3)), str(1) * 3, str(1) + str(2), '1'.isdigit(), int(str(4)))
print(sys.getsizeof(str(1)), sys.getrefcount(str(1)), str(1).upper() is '1', str(1)[0] is '1', str(1).strip() is str(1))
x = str(1)
y = {x: 1}
z = list(y)[0]
print(z is x, sys.getrefcount(x))
match str(1):
    case '1':
        print('matched')
eval('print(' + str(1) + ')')
getattr(type('Q', (), {'1': 5})(), str(1))
