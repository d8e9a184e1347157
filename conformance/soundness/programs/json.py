import json


def test():
    data = {"a": [1, 2.5, None, True, "é\n\"", {"nested": [[]] * 3}], "big": 10**30, "e": {}, "l": []}
    text = json.dumps(data)
    assert json.loads(text) == data and json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) and json.dumps([1], separators=(",", ":")) and json.dumps({1: 2, None: 3, 1.5: 4})
    assert json.loads('[1e5, -2, "\\u00e9\\ud834\\udd1e", true]', parse_float=str, object_pairs_hook=list) and json.loads(b'{"a": NaN}', object_hook=lambda d: [d])
    assert json.dumps([object], default=lambda o: "obj") and "".join(json.JSONEncoder(indent=1).iterencode(data))
    for bad in ("[1,", "{a}", '"abc', "[1] x", "nul", '{"a" 1}', '"\\q"'):
        try:
            json.loads(bad)
        except ValueError as e:
            str(e)
    x = []
    x.append(x)
    try:
        json.dumps(x)
    except ValueError as e:
        str(e)
    x.clear()
    try:
        json.dumps({1, 2})
    except TypeError as e:
        str(e)
