def binary_find(ordered, wanted):
    """Return the index of wanted in the ordered list, or -1 when it is not there."""
    low = 0
    high = len(ordered) - 1
    while low < high:
        middle = (low + high) // 2
        if ordered[middle] == wanted:
            return middle
        if ordered[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1
