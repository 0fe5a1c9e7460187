"""Counting words."""


def most_common(text):
    """The word that comes most often, in small letters; the earlier one when two come equally often.

    >>> most_common("the cat and the dog")
    'the'
    >>> most_common("Red blue red")
    'red'
    >>> most_common("one two")
    'one'
    """
    counts = {}
    for word in text.lower().split():
        counts[word] = counts.get(word, 0) + 1
    best = None
    for word, count in counts.items():
        if best is None or count >= counts[best]:
            best = word
    return best
