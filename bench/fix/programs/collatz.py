def collatz_steps(n):
    """Return how many steps it takes to come from n to 1: halve an even number, else triple it and add one.

    >>> collatz_steps(6)
    8
    """
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n - 1
        steps += 1
    return steps
