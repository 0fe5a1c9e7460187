def rotate_right(items, steps):
    """Return the list with its last items moved to the front, as many as steps says.

    >>> rotate_right([1, 2, 3, 4], 1)
    [4, 1, 2, 3]
    """
    if not items:
        return []
    steps %= len(items)
    return items[steps:] + items[:steps] if steps else list(items)
