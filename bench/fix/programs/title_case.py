def title_case(text):
    """Write each word with a capital first letter and small letters after it; words are separated by one space."""
    words = text.split(" ")
    return " ".join(word[:1].upper() + word[1:].upper() for word in words)
