def is_leap_year(year):
    """Tell whether the year has 366 days in the Gregorian calendar."""
    if year % 400 == 0:
        return True
    if year % 100 == 0:
        return True
    return year % 4 == 0
