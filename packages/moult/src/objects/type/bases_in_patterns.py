"""What a class takes over from its bases in their order; scopes that see the namespace of a class."""
import collections, collections.abc


class SequenceFirst(collections.UserList, collections.abc.Mapping):
    pass


class MappingFirst(collections.UserDict, collections.abc.Sequence):
    pass


class Scope:
    kind = int

    def method[U: kind](self):
        pass


def pattern_kind(o):
    match o:
        case [*_]:
            return 'sequence'
        case {}:
            return 'mapping'


print(pattern_kind(SequenceFirst()), pattern_kind(MappingFirst()))
Scope.kind = float
print(Scope.method.__type_params__[0].__bound__, '__classdictcell__' in Scope.__dict__)
