"""How far generation 0 counts after exception groups were made, split and caught, and after calls of super."""
import gc


class Base(list):
    def __init__(self, n):
        super().__init__()


class Answers(Base):
    def __getattr__(self, name):
        return None


def naked():
    try:
        raise ValueError(1)
    except* ValueError:
        pass


def group():
    try:
        raise ExceptionGroup('g', [ValueError(1), KeyError(1)])
    except* ValueError:
        pass
    except* KeyError:
        pass


def left_over():
    try:
        try:
            raise ExceptionGroup('g', [ValueError(1), KeyError(1)])
        except* ValueError:
            pass
    except ExceptionGroup:
        pass


def split():
    ExceptionGroup('g', [ValueError(1), KeyError(1)]).split(ValueError)


def subgroup():
    ExceptionGroup('g', [ValueError(1), KeyError(1)]).subgroup(ValueError)


def derive():
    ExceptionGroup('g', [ValueError(1), KeyError(1)]).derive([ValueError(1)])


def plain_super():
    Base(1)


def super_of_class_that_answers():
    Answers(1)


def thresholds():
    gc.set_threshold(700, 10, 10)


for f in (naked, group, left_over, split, subgroup, derive, plain_super, super_of_class_that_answers, thresholds):
    counts = []
    for _ in range(3):
        gc.collect()
        f()
        counts.append(gc.get_count()[0])
    print(f.__name__, counts)
