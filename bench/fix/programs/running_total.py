def running_total(numbers):
    """Return the list of sums of all numbers up to each place.

    >>> running_total([1, 2, 3])
    [1, 3, 6]
    """
    totals = []
    total = 0
    for number in numbers:
        total = number
        totals.append(total)
    return totals
