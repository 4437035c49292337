"""Why a file is not taken. What a person reads about it is for the package that shows it to say."""

from __future__ import annotations

from typing import Literal

Code = Literal["too-large", "file-type", "unreadable", "too-many-pixels", "moving", "colours", "too-heavy"]


class PictureRefused(Exception):
    """A file that is no picture we take.

    `too-large`: more bytes than allowed; `file-type`: not PNG, JPEG, WebP or GIF by its first bytes; `unreadable`: cut short or damaged;
    `too-many-pixels`; `moving`: more than one frame; `colours`: not for screens (CMYK and the like); `too-heavy`: reading it took more
    memory or time than a picture may.
    """

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code
