def moving_average(numbers, width):
    """Return the mean of each window of the given width, from left to right.

    >>> moving_average([1, 2, 3, 4], 2)
    [1.5, 2.5, 3.5]
    """
    result = []
    for start in range(len(numbers) - width):
        window = numbers[start:start + width]
        result.append(sum(window) / width)
    return result
