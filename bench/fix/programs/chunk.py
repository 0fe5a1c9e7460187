def chunks(items, size):
    """Cut the list into lists of the given size; the last may be shorter.

    >>> chunks([1, 2, 3, 4, 5], 2)
    [[1, 2], [3, 4], [5]]
    """
    return [items[start:size] for start in range(0, len(items), size)]
