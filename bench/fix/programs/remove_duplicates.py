def remove_duplicates(items):
    """Return the items without repetitions, in the order of their first occurrence."""
    seen = set()
    result = []
    for item in items:
        if item in seen:
            seen.add(item)
            result.append(item)
    return result
