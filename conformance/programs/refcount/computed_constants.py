"""Reference counts of constants that stand in the source, and of those that the compiler computes."""
import sys
k = b'abc' * 5
print(1, sys.getrefcount(k))
k = b'abcabc'
print(2, sys.getrefcount(k))
k = 1.5
print(3, sys.getrefcount(k))
k = 1.5*2
print(4, sys.getrefcount(k))
k = (1,2,(3,4))
print(5, sys.getrefcount(k))
k = 'abc'*5
print(6, sys.getrefcount(k))
k = '-'*5
print(7, sys.getrefcount(k))
k = 2**70
print(8, sys.getrefcount(k))
k = -1.5
print(9, sys.getrefcount(k))
k = (1.5,2)*2
print(10, sys.getrefcount(k))
k = 1.5+2j
print(11, sys.getrefcount(k))
k = 1000
print(12, sys.getrefcount(k))
k = 500+500
print(13, sys.getrefcount(k))
k = b'x'+b'yz'
print(14, sys.getrefcount(k))
k = b'abc'[1:]
print(15, sys.getrefcount(k))
k = (1.5,2)[0]
print(16, sys.getrefcount(k))
k = 'a b'+'c'
print(18, sys.getrefcount(k))
def f(a=b'abc'*3,*, b=(1,2.5)):
    k = b'abc' * 5
    print(21, sys.getrefcount(k), sys.getrefcount(a), sys.getrefcount(b))
    k = b'abcabc'
    print(22, sys.getrefcount(k))
    k = 'a b'*3
    print(23, sys.getrefcount(k))
    k = 1.25*3
    print(24, sys.getrefcount(k))
    k = (1.25,4)
    print(25, sys.getrefcount(k), sys.getrefcount(k[0]))
f()
