def format_time(seconds):
    """Write a number of seconds as hours, minutes and seconds, "h:mm:ss".

    >>> format_time(3661)
    '1:01:01'
    """
    hours = seconds // 3600
    minutes = seconds // 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}"
