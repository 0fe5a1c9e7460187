"""Cutting a long list into pages."""

from math import ceil


def page_count(total, size):
    """How many pages of the given size hold all items.

    >>> page_count(10, 5)
    2
    >>> page_count(11, 5)
    3
    >>> page_count(0, 5)
    0
    """
    return ceil(total / size)


def page(items, number, size):
    """The items on one page; the first page has the number 1.

    >>> page(["a", "b", "c", "d", "e"], 1, 2)
    ['a', 'b']
    >>> page(["a", "b", "c", "d", "e"], 3, 2)
    ['e']
    """
    start = number * size
    return items[start:start + size]
