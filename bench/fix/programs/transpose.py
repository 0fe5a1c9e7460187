def transpose(matrix):
    """Return the matrix, a list of rows, mirrored at its diagonal.

    >>> transpose([[1, 2, 3], [4, 5, 6]])
    [[1, 4], [2, 5], [3, 6]]
    """
    rows = len(matrix)
    columns = len(matrix[0])
    return [[matrix[row][column] for row in range(columns)] for column in range(rows)]
