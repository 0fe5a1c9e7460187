def group_by_length(words):
    """Return a dictionary from word length to the list of words of that length, in their order."""
    groups = {}
    for word in words:
        if len(word) not in groups:
            groups[len(word)] = []
        groups[len(word)] = word
    return {str(length): groups[length] for length in sorted(groups)}
