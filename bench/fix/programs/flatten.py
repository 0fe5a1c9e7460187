def flatten(nested):
    """Return all items of a list of lists of any depth in one flat list.

    >>> flatten([1, [2, [3, 4]], 5])
    [1, 2, 3, 4, 5]
    """
    flat = []
    for item in nested:
        if isinstance(item, list):
            flat.append(flatten(item))
        else:
            flat.append(item)
    return flat
