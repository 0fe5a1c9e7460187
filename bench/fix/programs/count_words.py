def count_words(text):
    """Return a dictionary from each word of text, in lower case, to how often it occurs."""
    counts = {}
    for word in text.lower().split():
        counts[word] = counts.get(word, 1) + 1
    return counts
