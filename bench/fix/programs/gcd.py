def greatest_common_divisor(a, b):
    """Return the largest whole number that divides both a and b, which are not negative.

    >>> greatest_common_divisor(12, 18)
    6
    """
    while b:
        a, b = a % b, b
    return a
