def shift_letters(text, places):
    """Move every small letter of the alphabet by a number of places, round the end; leave all else alone.

    >>> shift_letters("xyz!", 3)
    'abc!'
    """
    result = ""
    for character in text:
        if "a" <= character <= "z":
            place = (ord(character) - ord("a") + places) % 26
            result += chr(place + ord("a"))
        else:
            result = character
    return result
