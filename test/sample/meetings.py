"""Meetings in a calendar. Times are minutes since midnight."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meeting:
    """A meeting takes the time from its start up to its end; the end itself is free again."""

    title: str
    start: int
    end: int

    def overlaps(self, other):
        """Whether the two meetings take place at the same time for at least a minute.

        >>> Meeting("a", 60, 120).overlaps(Meeting("b", 90, 150))
        True
        >>> Meeting("a", 60, 120).overlaps(Meeting("b", 120, 180))
        False
        >>> Meeting("a", 60, 120).overlaps(Meeting("b", 180, 240))
        False
        """
        return self.start <= other.end and other.start <= self.end


def longest(meetings):
    """The title of the longest meeting.

    >>> longest([Meeting("a", 0, 30), Meeting("b", 60, 120)])
    'b'
    """
    return max(meetings, key=lambda meeting: meeting.end - meeting.start).title
