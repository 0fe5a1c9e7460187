def to_binary(number):
    """Write a whole number that is not negative in base two.

    >>> to_binary(6)
    '110'
    """
    if number == 0:
        return "0"
    digits = ""
    while number > 0:
        digits = digits + str(number % 2)
        number //= 2
    return digits
