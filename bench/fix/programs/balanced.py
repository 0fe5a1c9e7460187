def is_balanced(text):
    """Tell whether every bracket of (), [] and {} is closed by its own kind, in the right order."""
    pairs = {")": "(", "]": "[", "}": "{"}
    stack = []
    for character in text:
        if character in pairs.values():
            stack.append(character)
        elif character in pairs:
            if not stack or stack.pop() != pairs[character]:
                return False
    return True
