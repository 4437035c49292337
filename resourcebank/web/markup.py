"""Every way in which stored text becomes HTML: marked hits, one line of Markdown, whole blocks of Markdown."""

from __future__ import annotations

from collections.abc import Iterable

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

Span = tuple[int, int]
SHORTEST_BLANK = 3
_AFTER_A_BLANK = ' \t»”".,;:?!)*_|'
INLINE_TAGS = {"a", "br", "code", "em", "span", "strong"}
BLOCK_TAGS = INLINE_TAGS | {"blockquote", "div", "h3", "h4", "h5", "hr", "li", "ol", "p", "table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"a": {"href"}, "div": {"class", "role", "tabindex", "aria-label"}, "ol": {"start"}, "span": {"class", "role", "aria-label"}}
SCHEMES = {"https", "http", "mailto", "tel"}
DEMOTED = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h5", "h6": "h5"}


def highlighted(text: str, spans: Iterable[Span]) -> SafeString:
    """`text` escaped, with every span (code points, end excluded, in order, not overlapping) inside `<mark>`."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        if not done <= start < end <= len(text):
            continue
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308  # every piece is escaped above


def one_line(text: str) -> SafeString:
    """One paragraph's Markdown (bold, links, blanks to write on) without a paragraph around it."""
    return _clean(_MARKDOWN.renderInline(text), INLINE_TAGS)


def blocks(text: str) -> SafeString:
    """Whole Markdown: paragraphs, lists, headings (from level 3 down), blanks to write on."""
    return _clean(_MARKDOWN.render(text), BLOCK_TAGS)


def _clean(html: str, tags: set[str]) -> SafeString:
    cleaned = nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")
    return mark_safe(cleaned)  # noqa: S308  # nh3 has taken out everything that is not allowed


def _blank(state: StateInline, silent: bool) -> bool:
    """Three underscores or more are a line to write on, as on paper; a short one in the middle of a sentence."""
    end = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    if end - state.pos < SHORTEST_BLANK:
        return False
    if not silent:
        goes_on = state.src[end : state.posMax].partition("\n")[0].strip(_AFTER_A_BLANK)
        state.push("blank", "span", 0).info = "blank blank-short" if goes_on else "blank"
    state.pos = end
    return True


def _blank_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of nothing but underscores is a whole line to write on, not a rule across the page."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    if len(line) < SHORTEST_BLANK or line.strip("_"):
        return False
    if not silent:
        state.line = start + 1
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = line, [], [start, start + 1]
        state.push("paragraph_close", "p", -1)
    return True


def _render_blank(_renderer: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    return f'<span class="{tokens[index].info}" role="img" aria-label="{escape(_("plass til å skrive"))}"></span>'


def _render_table(_renderer: RendererHTML, _tokens: list[Token], _index: int, _options: OptionsDict, _env: EnvType) -> str:
    """A table wider than a phone scrolls in a frame of its own, which the keyboard reaches."""
    return f'<div class="form-table" role="region" tabindex="0" aria-label="{escape(_("Tabell"))}"><table>'


def _render_table_end(_renderer: RendererHTML, _tokens: list[Token], _index: int, _options: OptionsDict, _env: EnvType) -> str:
    return "</table></div>"


def _demote(tokens: list[Token]) -> None:
    for token in tokens:
        token.tag = DEMOTED.get(token.tag, token.tag) if token.type.startswith("heading") else token.tag


class _Markdown(MarkdownIt):
    """CommonMark without HTML and pictures, with lines to write on and headings that fit below a page's own."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "linkify": False})
        self.enable("table").disable(["image", "html_block", "html_inline"])
        self.inline.ruler.before("emphasis", "blank", _blank)
        self.block.ruler.before("hr", "blank_line", _blank_line, {"alt": ["paragraph", "list"]})
        self.core.ruler.push("demote", lambda state: _demote(state.tokens))
        self.add_render_rule("blank", _render_blank)
        self.add_render_rule("table_open", _render_table)
        self.add_render_rule("table_close", _render_table_end)


_MARKDOWN = _Markdown()
