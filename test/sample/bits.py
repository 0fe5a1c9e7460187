"""Working with the binary digits of whole numbers."""


def count_ones(n):
    """Count the ones among the binary digits of a whole number that is not negative.

    >>> count_ones(0)
    0
    >>> count_ones(8)
    1
    >>> count_ones(127)
    7
    """
    ones = 0
    while n and ones < 64:
        n ^= n - 1
        ones += 1
    return ones
