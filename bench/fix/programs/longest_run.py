def longest_run(items):
    """Return the length of the longest run of equal neighbours.

    >>> longest_run([1, 1, 2, 2, 2])
    3
    """
    best = 0
    run = 0
    previous = None
    for item in items:
        if run > 0 and item == previous:
            run += 1
        else:
            run = 0
        previous = item
        best = max(best, run)
    return best
