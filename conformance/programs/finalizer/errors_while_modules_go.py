class A:
    def __init__(s, n): s.n = n
    def __del__(self): 
        print("del", self.n)
        raise ValueError("in del " + self.n)
x = A("global")
c = A("cyc"); c.c = c
