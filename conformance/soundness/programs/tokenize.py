import io
import tokenize

SOURCE = "def f(a):\n    return f'{a!r:>{3}} x' + 0x10 # comment\n\nclass C: pass\n"


def test():
    tokens = list(tokenize.generate_tokens(io.StringIO(SOURCE).readline))
    assert tokenize.untokenize(tokens) and repr(tokens[0]) and list(tokenize.tokenize(io.BytesIO(SOURCE.encode()).readline))
    try:
        list(tokenize.generate_tokens(io.StringIO("'abc").readline))
    except (tokenize.TokenError, SyntaxError) as e:
        str(e)
    try:
        list(tokenize.generate_tokens(io.StringIO("(1,").readline))
    except (tokenize.TokenError, SyntaxError) as e:
        str(e)
