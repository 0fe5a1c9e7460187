def largest_sum(numbers):
    """Return the largest sum of any run of neighbouring numbers; the list is not empty.

    >>> largest_sum([-2, 3, -1, 4])
    6
    """
    best = current = numbers[0]
    for number in numbers[1:]:
        current = max(0, current + number)
        best = max(best, current)
    return best
