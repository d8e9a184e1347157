# TypeVar and its like, made by calls.
from typing import TypeVar, TypeVarTuple, ParamSpec, TypeAliasType, Generic, ParamSpecArgs
import sys, gc, re
def t(f):
    try: print(re.sub("0x[0-9a-f]+", "0x", repr(f())))
    except BaseException as e: print(type(e).__name__, e)
def show(T):
    print(repr(T), type(T).__name__, sys.getsizeof(T), gc.is_tracked(T), [x for x in gc.get_referents(T)])
    for n in '__name__ __bound__ __constraints__ __covariant__ __contravariant__ __infer_variance__ __module__ __dict__ __parameters__ __type_params__ __value__'.split():
        try: print('   ', n, repr(getattr(T,n)))
        except AttributeError as e: print('   ', e)
show(TypeVar('T')); show(TypeVar('T', bound=int)); show(TypeVar('T', int, str, covariant=True)); show(TypeVar('T', infer_variance=True)); show(TypeVar('T', contravariant=1, bound='int'))
t(lambda: TypeVar()); t(lambda: TypeVar(3)); t(lambda: TypeVar('T', int)); t(lambda: TypeVar('T', int, str, bound=3)); t(lambda: TypeVar('T', covariant=True, contravariant=True)); t(lambda: TypeVar('T', infer_variance=True, contravariant=True)); t(lambda: TypeVar('T', foo=3)); t(lambda: TypeVar('T',bound=None).__bound__)

show(TypeVarTuple('Ts')); t(lambda: TypeVarTuple()); t(lambda: TypeVarTuple('a', 3)); t(lambda: TypeVarTuple(name='x')); t(lambda: TypeVarTuple(name=3)); t(lambda: list(TypeVarTuple('Ts')))
show(ParamSpec('P')); P=ParamSpec('P', bound=int, covariant=True); show(P); t(lambda: P.args); t(lambda: P.kwargs); t(lambda: P.args==P.args); t(lambda: P.args==P.kwargs); t(lambda: hash(P.args)); t(lambda: P.args.__origin__ is P); t(lambda: ParamSpecArgs(3)); t(lambda: ParamSpec(3)); t(lambda: ParamSpec('P', covariant=1, contravariant=1)); t(lambda: ParamSpec('P', bound=3)); t(lambda: P.args < P.args); t(lambda: ParamSpecArgs(x=3)); t(lambda: ParamSpecArgs(list))
T=TypeVar('T'); Ts=TypeVarTuple('Ts')
t(lambda: T|int); t(lambda: int|T); t(lambda: P|int); t(lambda: T|'x'); t(lambda: Ts|int); t(lambda: T.__reduce__()); t(lambda: T.__mro_entries__(())); t(lambda: P.args.__mro_entries__(())); t(lambda: T.__typing_subst__(int)); t(lambda: T.__typing_subst__(3)); t(lambda: Ts.__typing_subst__(int)); t(lambda: Ts.__reduce__()); 
t(lambda: list[T][int]); t(lambda: tuple[*Ts][int,str]); t(lambda: dict[T, int][str])
def c(b): 
    class A(b): pass
t(lambda: c(T)); t(lambda: c(P)); t(lambda: c(Ts)); t(lambda: c(P.args)); t(lambda: c(P.kwargs))
t(lambda: setattr(T,'x',3) or T.x); t(lambda: setattr(T,'__name__',3)); t(lambda: T.__dict__); t(lambda: setattr(P.args,'x',3));
import weakref; t(lambda: weakref.ref(T)() is T)
A=TypeAliasType('A', list[T], type_params=(T,)); show(A); t(lambda: A[int]); t(lambda: A|int); t(lambda: int|A); t(lambda: TypeAliasType('A')); t(lambda: TypeAliasType(3,4)); t(lambda: TypeAliasType('A', int, type_params=3)); t(lambda: TypeAliasType('A', int)[int]); t(lambda: TypeAliasType('A', int, x=3)); t(lambda: A.__reduce__()); t(lambda: c(A)); t(lambda: setattr(A,'x',3)); t(lambda: weakref.ref(A)); t(lambda: TypeAliasType('A', int, type_params=(T,Ts)).__parameters__)
t(lambda: A.__type_params__); t(lambda: TypeAliasType('A', int, type_params=()).__type_params__)
t(lambda: TypeAliasType(name='A', value=int)); show(TypeAliasType('A',3))
class B(type): pass
t(lambda: c(TypeVar)); t(lambda: c(TypeAliasType)); t(lambda: c(ParamSpecArgs)); 
def sa(): TypeVar.x=3
t(sa); 
class G(Generic[T]): pass
t(lambda: G[int]); t(lambda: G.__orig_bases__); t(lambda: G.__parameters__); t(lambda: Generic()); t(lambda: G()); t(lambda: Generic[3]); t(lambda: G.__mro__); t(lambda: Generic[T])
