# How deep brackets, blocks, f-strings and chains of operators may nest.
def nest(n, q='"', pre='f'):
    return '1+1' if n==0 else f'{pre}{q}{{{nest(n-1,q,pre)}}}{q}'
def show(s):
    try: compile(s,'s','exec'); print('ok')
    except (SyntaxError,MemoryError,RecursionError) as e: print(type(e).__name__, e, getattr(e,'offset',None), getattr(e,'end_offset',None), getattr(e,'lineno',None))
for n in (100,148,149,150,151,160):
    for q in ('"','"""'):
        show(nest(n,q)); show(nest(n,q,'fr'))
show('f"{1 1:' + ('{f"1:' * 199))
show('x = ' + 'f"{' * 199)
show('('*199+'x'+')'*199); show('('*200+'x'+')'*200); show('('*201+'x'+')'*201); show('['*300); show('\n\n  '+'f('*300)
show('if x:\n'+''.join(' '*i+'if x:\n' for i in range(1,99))+' '*99+'pass\n');show('if x:\n'+''.join(' '*i+'if x:\n' for i in range(1,100))+' '*100+'pass\n')
show('-'*100000+'4'); show('-'*6000+'4 4'); show('-'*100+'4 4');show('f(**'*300+'x')
for text in ('lambda:' * 2985 + 'x', 'lambda:' * 2984 + 'x', 'x**' * 2985 + 'x', 'x**-' * 1990 + 'x', '-' * 650 + '(' * 190 + 'x' + ')' * 190):
    show(text)
show('-' * 649 + '(' * 190 + 'x' + ')' * 190)
