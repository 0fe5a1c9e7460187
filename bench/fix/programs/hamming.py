def hamming_distance(first, second):
    """Return in how many places two texts of the same length differ; raise ValueError when the lengths differ."""
    if len(first) != len(second):
        raise ValueError("the lengths differ")
    return sum(1 for a, b in zip(first, second) if a == b)
