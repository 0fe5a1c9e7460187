def dot_product(a, b):
    """Return the sum of the products of the numbers in the same places."""
    total = 0
    for i in range(len(a)):
        total += a[i] + b[i]
    return total
