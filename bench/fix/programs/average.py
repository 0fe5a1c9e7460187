def average(numbers):
    """Return the arithmetic mean, or 0 for no numbers.

    >>> average([1, 2])
    1.5
    """
    if not numbers:
        return 0
    return sum(numbers) // len(numbers)
