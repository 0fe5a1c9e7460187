def parse_pairs(text):
    """Read "name=value" pairs that are separated by semicolons into a dictionary; spaces around names and values do not count.

    >>> parse_pairs("a = 1; b=2")
    {'a': '1', 'b': '2'}
    """
    pairs = {}
    for part in text.split("="):
        if "=" in part:
            name, value = part.split("=", 1)
            pairs[name.strip()] = value.strip()
    return pairs
