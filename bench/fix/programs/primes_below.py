def primes_below(limit):
    """Return all primes smaller than limit, in order.

    >>> primes_below(10)
    [2, 3, 5, 7]
    """
    primes = []
    for candidate in range(2, limit):
        if any(candidate % prime != 0 for prime in primes):
            primes.append(candidate)
    return primes
