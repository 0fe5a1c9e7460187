def second_largest(numbers):
    """Return the second largest of the different numbers.

    >>> second_largest([4, 9, 9, 7])
    7
    """
    ordered = sorted(set(numbers))
    return ordered[1]
