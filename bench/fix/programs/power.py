def power(base, exponent):
    """Return base to the power of a whole exponent that is not negative, by squaring."""
    result = 1
    while exponent > 0:
        if exponent % 2 == 1:
            result *= base
        base += base
        exponent //= 2
    return result
