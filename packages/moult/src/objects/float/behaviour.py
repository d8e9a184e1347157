def t(f):
    try: print(f, '->', repr(eval(f)))
    except Exception as e: print(f,'!!',type(e).__name__,repr(e.args))
for f in ["1.0%0","1.0//0","divmod(1.0,0)","1.0/0","0.0**-1","(-8.0)**0.5","10.0**400","pow(2.0,2,3)","1.0+10**400","1.0<10**400","float('a')","float(b'a')","float([])","float(1,2)","float(x=1)","float.fromhex('z')","float.fromhex(1)","float.fromhex('0x1p2000')","float('nan').as_integer_ratio()","float('inf').as_integer_ratio()","int(float('nan'))","int(float('inf'))","round(float('nan'))","round(float('inf'))","round(1.5),round(2.5),round(-0.5)","round(2.675,2)","round(1e308,-308)","round(1.7e308,-308)","(1.5).__round__('a')","round(1.5,None)","(1.5).__floor__()","(1.5).__ceil__()","float.__getformat__('double')","float.__getformat__('x')","float.__getformat__(1)","(1.5).hex()","(1.5).__getnewargs__()","format(1.5,'d')","(1.5).__format__(1)","hash(float('inf'))","hash(1.5)","1.5 == 'a'","1.5<'a'","(1.5).__add__('a')","(1.5).__divmod__(0.5)","float.__text_signature__","(1.5).__sizeof__()","float('1_0')","float(' 1.5 ')","float(10**400)","1e400","-0.0","float.real","complex(1,2)**0.5","complex('1+2j')","complex('a')","complex(1,'a')","complex('1',2)","complex([])","complex(1j,1j)","1j<2","1j//2","1j%2","divmod(1j,2)","1j/0","pow(1j,2,3)","0j**-1","0j**1j","abs(1e308+1e308j)","int(1j)","float(1j)","hash(1j)","(1j).__format__('d')","complex.__text_signature__","complex(real=1,imag=2)","complex(1,2,3)","complex(x=1)","(1+2j).conjugate()","(1j).__getnewargs__()","(1j).__complex__()","(1e200+1j)**3","2j**3","2j**-3","(1+2j)**2.5","1j==1j, 1j==1, (1+0j)==1, (1+0j)==1.0","1j=='a'","complex(1.5)","complex()","complex('')","(1j).__sizeof__()","complex.__basicsize__","complex('nan+infj')","repr(complex(-0.0,-0.0))","2**1j","1.5**1j", "(1j).__round__", "complex(1).real","complex('1' )"]: t(f)


class Named(float):
    def __str__(self):
        return 'named'


class NamedComplex(complex):
    def __str__(self):
        return 'named'


print(format(Named(1)), f'{Named(2):}', format(Named(1), '.2f'), format(NamedComplex(1)), f'{NamedComplex(1):.1f}')
