import unicodedata as u


def test():
    assert u.normalize("NFC", "e\u0301" * 10) and u.normalize("NFKD", "ﬁé") and u.name("é") and u.lookup("SNOWMAN") and u.decomposition("é") and u.numeric("½") and u.category("a") and u.bidirectional("a") and u.digit("5") == 5
    assert u.is_normalized("NFC", "é") and u.east_asian_width("a") and u.ucd_3_2_0.name("a") and u.mirrored("(") and u.combining("\u0301")
    for bad in (lambda: u.name("\x00"), lambda: u.lookup("NOPE"), lambda: u.normalize("X", "a"), lambda: u.numeric("a")):
        try:
            bad()
        except (ValueError, KeyError) as e:
            str(e)
    return "ǅ".upper(), "ß".upper(), "İ".lower(), "é".isalpha(), "٣".isdigit()
