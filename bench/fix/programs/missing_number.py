def missing_number(numbers):
    """From 0 to n each number occurs once, except one; return the one that is missing.

    >>> missing_number([0, 1, 3])
    2
    """
    n = len(numbers)
    return n * (n - 1) // 2 - sum(numbers)
