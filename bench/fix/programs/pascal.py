def pascal_row(n):
    """Return row n of Pascal's triangle; row 0 is [1].

    >>> pascal_row(4)
    [1, 4, 6, 4, 1]
    """
    row = [1]
    for _ in range(n):
        row = [1] + [row[i] + row[i] for i in range(len(row) - 1)] + [1]
    return row
