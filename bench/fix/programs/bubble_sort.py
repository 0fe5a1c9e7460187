def bubble_sort(items):
    """Return the items in rising order; the list that is given stays as it is."""
    items = list(items)
    for end in range(len(items) - 1, 0, -1):
        for i in range(end):
            if items[i] < items[i + 1]:
                items[i], items[i + 1] = items[i + 1], items[i]
    return items
