def invert(mapping):
    """Return a dictionary from each value to the sorted list of the keys that had it.

    >>> invert({"a": 1, "b": 1})
    {1: ['a', 'b']}
    """
    inverted = {}
    for key in sorted(mapping):
        inverted[mapping[key]] = [key]
    return inverted
