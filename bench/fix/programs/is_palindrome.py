def is_palindrome(text):
    """Tell whether text reads the same in both directions, ignoring case and anything but letters and digits.

    >>> is_palindrome("A man, a plan")
    False
    """
    letters = [c.lower() for c in text if c.isalnum()]
    for i in range(len(letters) // 2):
        if letters[i] != letters[-i]:
            return False
    return True
