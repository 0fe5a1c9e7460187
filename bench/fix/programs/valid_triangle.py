def is_triangle(a, b, c):
    """Tell whether three positive lengths can be the sides of a triangle that is not flat."""
    return a + b > c or a + c > b or b + c > a
