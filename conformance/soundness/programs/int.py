def test():
    big = 10**40
    values = [big + 1, big * big, big // 7, big % 97, -big, big << 70, big >> 3, big & 0xFFFFFFFFFFFF, big | 1, big ^ 5, ~big, abs(-big)]
    assert divmod(big, 12345678901234567890) and pow(3, 200, 10**30) and 3**100
    assert int("123456789012345678901234567890") and int(b"77", 8) and int(1e30) and int.from_bytes(b"0123456789abcdef", "big")
    assert (10**20).to_bytes(12, "little") and hex(big) and bin(big) and str(big) and format(big, ",d") and repr(-big)
    assert big.bit_length() and big.bit_count() and big.as_integer_ratio() and (10**30).__round__(-5) and hash(big)
    return values
