"""An address as it is kept and compared: without what only says where somebody came from."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|igshid|mc_cid|mc_eid|mkt_tok|_hs\w+|yclid|si|jsessionid|phpsessid)$", re.IGNORECASE
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_TIME = re.compile(r"^t=[\dhms:.,]+$")
_YOUTUBE_ID = re.compile(r"^[\w-]{11}$")
_VIMEO_ID = re.compile(r"^\d{5,12}$")
_SAFE = "/:@!$&'()*+,;=-._~"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def clean_address(address: str) -> str:
    """The address in its short, comparable form, or "" when it is no web address. Cleaning twice changes nothing."""
    try:
        parts = urlsplit(_with_scheme("".join(address.split())))
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return ""
        if film := film_address(parts):
            return film
        return urlunsplit((parts.scheme, _host(parts), _path(parts.path), _query(parts.query), _fragment(parts.fragment)))
    except ValueError:
        return ""


def _with_scheme(address: str) -> str:
    """People paste `www.example.org/side` too."""
    if re.match(r"^[a-z][a-z0-9+.-]*:", address, re.IGNORECASE) and not re.match(r"^[\w.-]+:\d", address):
        return address
    return f"https://{address.lstrip('/')}" if re.match(r"^(//)?[\w-]+(\.[\w-]+)+", address) else address


def _host(parts: SplitResult) -> str:
    """The host in the letters DNS knows, without the port that goes without saying. A name in front is kept: the guard refuses it."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")
    port = parts.port
    name, at, _rest = parts.netloc.rpartition("@")
    return f"{name}{at}{host}" + (f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else "")


def _escaped(text: str, safe: str) -> str:
    """Escaped in one way only, and whatever carries meaning when it is escaped stays so."""
    return re.sub(r"%[0-9a-fA-F]{2}|[^%]+|%", lambda found: _escaped_part(found[0], safe), text)


def _escaped_part(part: str, safe: str) -> str:
    if len(part) == 3 and part.startswith("%"):
        letter = unquote_to_bytes(part).decode("latin-1")
        return letter if (letter.isalnum() and letter.isascii()) or letter in "-._~" else part.upper()
    return quote(part, safe=safe)


def _path(path: str) -> str:
    """Dots are walked; empty parts stay, since some addresses carry another address in them."""
    walked: list[str] = []
    parts = _SESSION_IN_PATH.sub("", path).split("/")[1:] or [""]
    for part in parts:
        if part == "..":
            walked = walked[:-1]
        elif part != ".":
            walked.append(part)
    if parts[-1] in (".", ".."):
        walked.append("")
    return _escaped("/" + "/".join(walked), _SAFE)


def _query(query: str) -> str:
    """Order is kept, because some sites mean something by it."""
    kept = [pair for pair in query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0])]
    return _escaped("&".join(kept), _SAFE + "?[]{}|")


def _fragment(fragment: str) -> str:
    """Only what leads to another place: a time in a film, a page of an app. The rest is where on the page somebody stood."""
    return _escaped(fragment, _SAFE + "?") if fragment.startswith(("/", "!/")) or _TIME.match(fragment) else ""


def film_address(parts: SplitResult) -> str:
    """The one address of a film at YouTube or Vimeo, or ""."""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    first, _slash, rest = parts.path.strip("/").partition("/")
    if host == "youtu.be" and _YOUTUBE_ID.match(first):
        return f"https://www.youtube.com/watch?v={first}"
    if host in ("youtube.com", "youtube-nocookie.com", "music.youtube.com"):
        film = dict(parse_qsl(parts.query)).get("v", "") if first == "watch" else rest.partition("/")[0]
        if first in ("watch", "embed", "shorts", "live", "v") and _YOUTUBE_ID.match(film):
            return f"https://www.youtube.com/watch?v={film}"
    if host in ("vimeo.com", "player.vimeo.com"):
        film = rest.partition("/")[0] if first == "video" else first
        if _VIMEO_ID.match(film) and "/" not in rest.removeprefix(film):
            return f"https://vimeo.com/{film}" + (f"/{rest}" if first == film and re.fullmatch(r"[0-9a-f]{8,12}", rest) else "")
    return ""
