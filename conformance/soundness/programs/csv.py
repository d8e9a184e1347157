import csv
import io


def test():
    rows = list(csv.reader(["a,b,'c d'", '"q ""x""",2,', "1.5|x"], quotechar="'")) + list(csv.reader(['1,"two\nlines",3'], quoting=csv.QUOTE_NONNUMERIC, skipinitialspace=True) if False else [])
    out = io.StringIO()
    w = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    w.writerow([1, "a;b", None, 2.5]), w.writerows(rows)
    dw = csv.DictWriter(out, ["x", "y"])
    dw.writeheader(), dw.writerow({"x": 1, "y": "é"})
    assert list(csv.DictReader(io.StringIO("x,y\n1,2\n"))) and csv.list_dialects() and csv.Sniffer().sniff("a;b\n1;2\n").delimiter
    csv.register_dialect("own", delimiter=":", escapechar="\\", quoting=csv.QUOTE_NONE)
    assert list(csv.reader(["a:b"], "own")) and csv.get_dialect("own").delimiter
    csv.unregister_dialect("own")
    for bad in (lambda: csv.writer(out, quoting=csv.QUOTE_NONE).writerow(["a,b"]), lambda: csv.reader([], delimiter="ab"), lambda: csv.get_dialect("none"), lambda: list(csv.reader(['"a'], strict=True))):
        try:
            bad()
        except (csv.Error, TypeError) as e:
            str(e)
    return out.getvalue()
