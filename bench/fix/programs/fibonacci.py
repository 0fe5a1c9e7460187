def fibonacci(n):
    """Return the n-th Fibonacci number; the 0th is 0 and the 1st is 1.

    >>> fibonacci(6)
    8
    """
    a, b = 0, 1
    for _ in range(n + 1):
        a, b = b, a + b
    return a
