"""What the city refuses, in words for the person who typed it."""


class CityError(ValueError):
    """A city that cannot be built or written as asked: Chinese first, then English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} / {english}")
        self.chinese = chinese
        self.english = english
