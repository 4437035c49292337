"""Sending a kept file: whole or a part of it (RFC 9110, 14), so that a film can be begun in the middle, and never as a page of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from media.models import MediaFile
from resourcebank.web.pictures import FOR_EVER

_PIECE = 65_536
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_NOTHING_RUNS = "default-src 'none'; sandbox"


def sent_file(request: HttpRequest, file: MediaFile, path: Path, *, public: bool, save_as: str = "") -> HttpResponseBase:
    """The file, the part of it that was asked for (206), or 416. `save_as`: its name when it is to be kept instead of shown.

    Raises OSError when it is not on disk.
    """
    size, tag = path.stat().st_size, f'"{file.kept_sha256}"'
    asked = request.headers.get("Range", "") if request.headers.get("If-Range", tag) == tag else ""
    response: HttpResponseBase
    match _part(asked, size):
        case None:
            response = FileResponse(path.open("rb"), content_type=file.media_type)
        case (start, end) if start < end:
            response = StreamingHttpResponse(_pieces(path, start, end), status=HTTPStatus.PARTIAL_CONTENT, content_type=file.media_type)
            response["Content-Length"] = str(end - start)
            response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        case _:
            response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, content_type=file.media_type)
            response["Content-Range"] = f"bytes */{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Cache-Control"] = FOR_EVER if public else "private, no-store"
    response["Content-Disposition"] = (content_disposition_header(True, save_as) if save_as else None) or "inline"
    response["Content-Security-Policy"] = _NOTHING_RUNS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """The first and the one after the last byte that was asked for; None is all of it, an empty part is one that does not exist."""
    found = _RANGE.fullmatch(asked.replace(" ", ""))
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    start, end = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    return (start, end) if start < end else (0, 0)


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
