def clamp(value, low, high):
    """Return value limited to the range from low to high.

    >>> clamp(15, 0, 10)
    10
    """
    if value < low:
        return low
    if value > high:
        return low
    return value
