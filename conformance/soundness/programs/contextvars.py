import contextvars

var = contextvars.ContextVar("var", default=[0])


def test():
    token = var.set([1])
    ctx = contextvars.copy_context()
    assert ctx[var] and list(ctx.items()) and var in ctx and len(ctx) and repr(var) and repr(token) and ctx.copy() and ctx.get(var)
    ctx.run(lambda: var.set([2]))
    var.reset(token)
    others = [contextvars.ContextVar(f"v{i}") for i in range(40)]
    empty = contextvars.Context()

    def inside():
        tokens = [v.set(i) for i, v in enumerate(others)]
        for v, t in zip(others, tokens):
            v.reset(t)
        return contextvars.copy_context()

    assert len(empty.run(inside)) == 0 and var.get()
    for bad in (lambda: others[0].get(), lambda: var.reset(token), lambda: ctx[others[0]], lambda: contextvars.ContextVar(5)):
        try:
            bad()
        except (LookupError, RuntimeError, TypeError, ValueError) as e:
            str(e)
