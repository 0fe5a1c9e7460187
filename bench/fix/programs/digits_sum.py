def digit_sum(number):
    """Return the sum of the decimal digits of a whole number; the sign does not count.

    >>> digit_sum(-123)
    6
    """
    number = abs(number)
    total = 0
    while number > 0:
        total += number // 10
        number //= 10
    return total
