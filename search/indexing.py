"""Keeping every engine's index true: catching up with the log, and rebuilding beside what is live."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import DatabaseError

from search.analysis import Lexicon, analyse, document_words, lexicon_of, words_inside
from search.changelog import changes_after, head
from search.engines import configured
from search.engines.base import Delete, Engine, Generation, Put, Refusal, Write
from search.errors import EngineUnavailable, IndexBroken, IndexOutdated, SearchError
from search.index import Document, Index
from search.lexicons import shelf_of
from search.models import EnginePosition, UnindexedDocument

log = logging.getLogger(__name__)
_CHUNK = 500
_SOON = 0.3
Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many are done, of how many)."""


def rebuild_reason(index: Index, engine: Engine) -> str | None:
    """Why an engine's index must be built anew before it can be used; None when it is whole and fits this code.

    Raises EngineUnavailable when the engine does not answer.
    """
    try:
        about, _ = engine.check(index.schema)
        if about.fingerprint != configured.fingerprint(index.schema, engine):
            return "it was built by another version"
        shelf_of(index.name).check(about.lexicon)
        if (engine.position(index.schema) or 0) > head(index.name):
            return "it has read further than the log goes: the database is another or an older one"
    except (IndexBroken, IndexOutdated) as error:
        return str(error)
    return None


# --- catching up


def catch_up(index: Index, engine: Engine, *, wait: float = 30.0) -> int:
    """Bring one engine's live generation up to the end of the log; gives the number of documents written.

    Raises EngineBusy when another writer holds it longer than `wait` seconds, EngineUnavailable, IndexOutdated.
    """
    if engine.position(index.schema) == head(index.name):
        return 0
    written = 0
    with engine.writer(index.schema, wait=wait) as writer:
        if writer.about.fingerprint != configured.fingerprint(index.schema, engine):
            raise IndexOutdated("the index was built by another version")
        position = _kept_position(index, writer.about.generation) if writer.position is None else writer.position
        while True:
            changes, last = changes_after(index.name, position, limit=_CHUNK)
            if not changes:
                return written
            writes = list(_writes(index, changes, writer.about.lexicon))
            refused = writer.write(writes, position=last)
            _note_refusals(index, engine, changes, refused)
            if writer.position is None:
                _keep_position(index, writer.about.generation, last)
            position, written = last, written + len(writes)


def catch_up_soon(index: Index) -> None:
    """Catch up at once what can be, in the request that published; the worker does the rest. Never raises."""
    for engine in configured.engines(index.name):
        try:
            catch_up(index, engine, wait=_SOON)
        except (SearchError, DatabaseError) as error:
            log.info("%s catches up later: %s", engine.name, error)


def _writes(index: Index, changes: dict[str, int], lexicon_name: str) -> Iterator[Write]:
    """The present documents behind the changes; what is no longer there is deleted."""
    found = {document.id: document for document in index.documents(list(changes))}
    shelf = shelf_of(index.name)
    every = (pair for document in found.values() for pair in chain(document_words(document), words_inside(document)))
    shelf.learn(lexicon_name, ((group, word) for group, some in every for word in some))
    lexicon = shelf.get(lexicon_name)
    for document_id, sequence in changes.items():
        document = found.get(document_id)
        yield Put(analyse(document, index.schema, lexicon), sequence) if document else Delete(document_id, sequence)


def _kept_position(index: Index, generation: str) -> int:
    kept = EnginePosition.objects.filter(index=index.name, generation=generation).values_list("sequence", flat=True)
    return kept.first() or 0


def _keep_position(index: Index, generation: str, sequence: int) -> None:
    EnginePosition.objects.get_or_create(index=index.name, generation=generation)
    EnginePosition.objects.filter(index=index.name, generation=generation, sequence__lt=sequence).update(sequence=sequence)


def _note_refusals(index: Index, engine: Engine, changes: dict[str, int], refused: Sequence[Refusal]) -> None:
    """A document nobody can index goes on a list and raises an alarm; one that was taken leaves it."""
    bad = {refusal.id: refusal.message for refusal in refused}
    for document_id, message in bad.items():
        log.error("%s would not take document %s: %s", engine.name, document_id, message)
        UnindexedDocument.objects.update_or_create(
            index=index.name,
            engine=engine.name,
            document_id=document_id,
            defaults={"sequence": changes.get(document_id, 0), "message": message[:500]},
        )
    taken = [document_id for document_id in changes if document_id not in bad]
    UnindexedDocument.objects.filter(index=index.name, engine=engine.name, document_id__in=taken).delete()


# --- rebuilding


@dataclass(slots=True)
class _Build:
    """One engine's new generation and what is known to be in it."""

    engine: Engine
    generation: Generation
    ids: set[str] = field(default_factory=set)
    published: bool = False

    def write(self, index: Index, writes: Sequence[Write]) -> None:
        found = self.generation.write(writes)
        refused = {refusal.id for refusal in found}
        for change in writes:
            match change:
                case Put() if change.document.id not in refused:
                    self.ids.add(change.document.id)
                case Delete():
                    self.ids.discard(change.id)
        if found:
            _note_refusals(index, self.engine, dict.fromkeys(refused, 0), found)


def make_lexicon(index: Index, ids: Sequence[str], progress: Progress) -> str:
    """Count the words of all documents and keep the lexicon; gives its name."""
    return shelf_of(index.name).keep(lexicon_of(_documents(index, ids, "words", progress)))


def rebuild(index: Index, engines: Sequence[Engine], *, new_lexicon: bool = True, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Build a new generation for each engine beside the live one and swap; gives the number of documents per engine.

    Killed at any point, the live generation goes on serving. An engine that fails keeps what it had while the others go on;
    when none succeeds the last failure is raised. EngineBusy when another rebuild runs on this host.
    """
    with configured.embedded(index.name).folder.rebuilding():
        position = head(index.name)
        ids = sorted(index.all_ids())
        shelf = shelf_of(index.name)
        lexicon_name = None if new_lexicon else shelf.newest()
        lexicon_name = lexicon_name or make_lexicon(index, ids, progress)
        return _fill_and_swap(index, engines, ids, position, lexicon_name, progress)


def _fill_and_swap(
    index: Index, engines: Sequence[Engine], ids: Sequence[str], position: int, lexicon_name: str, progress: Progress
) -> dict[str, int]:
    failures: list[EngineUnavailable] = []
    builds = list(_begun(index, engines, lexicon_name, failures))
    try:
        lexicon = shelf_of(index.name).get(lexicon_name)
        going = _fill(index, builds, ids, position, lexicon, progress, failures)
        done = dict(_swapped(index, going, position, lexicon_name, failures))
    finally:
        for build in builds:
            if not build.published:
                _abandon(build.generation)
    if failures and not done:
        raise failures[-1]
    shelf_of(index.name).remove_others(_lexicons_in_use(index, lexicon_name))
    return done


def _begun(index: Index, engines: Sequence[Engine], lexicon_name: str, failures: list[EngineUnavailable]) -> Iterator[_Build]:
    for engine in engines:
        try:
            mark = configured.fingerprint(index.schema, engine)
            yield _Build(engine, engine.begin(index.schema, fingerprint=mark, lexicon=lexicon_name))
        except EngineUnavailable as error:
            log.warning("%s cannot be rebuilt now: %s", engine.name, error)
            failures.append(error)


def _abandon(generation: Generation) -> None:
    try:
        generation.abandon()
    except SearchError as error:
        log.warning("generation %s is left over: %s", generation.name, error)


def _fill(
    index: Index,
    builds: Sequence[_Build],
    ids: Sequence[str],
    position: int,
    lexicon: Lexicon,
    progress: Progress,
    failures: list[EngineUnavailable],
) -> list[_Build]:
    """Write every document to every build; gives the builds whose engine took them all."""
    going = list(builds)
    for chunk in _chunks(_documents(index, ids, "index", progress)):
        writes = [Put(analyse(document, index.schema, lexicon), position) for document in chunk]
        for build in list(going):
            try:
                build.write(index, writes)
            except EngineUnavailable as error:
                log.warning("%s failed while it was rebuilt: %s", build.engine.name, error)
                going.remove(build)
                failures.append(error)
    return going


def _swapped(
    index: Index, builds: Sequence[_Build], position: int, lexicon_name: str, failures: list[EngineUnavailable]
) -> Iterator[tuple[str, int]]:
    for build in builds:
        try:
            yield build.engine.name, _swap(index, build, position, lexicon_name)
        except EngineUnavailable as error:
            log.warning("%s keeps its old index: %s", build.engine.name, error)
            failures.append(error)


def _swap(index: Index, build: _Build, position: int, lexicon_name: str) -> int:
    """Catch up with what happened meanwhile, check the count, and put the generation in place."""
    while True:
        changes, last = changes_after(index.name, position, limit=_CHUNK)
        if not changes:
            break
        build.write(index, list(_writes(index, changes, lexicon_name)))
        position = last
    count = build.generation.finish()
    if count != len(build.ids):
        raise EngineUnavailable(f"{build.engine.name} holds {count} of {len(build.ids)} documents after a rebuild")
    if not build.engine.keeps_position:
        _keep_position(index, build.generation.name, position)
    build.generation.publish(position)
    build.published = True
    return count


def _lexicons_in_use(index: Index, newest: str) -> set[str]:
    used = {newest}
    for engine in configured.engines(index.name):
        try:
            used.add(engine.view(index.schema).about.lexicon)
        except EngineUnavailable as error:
            log.info("%s does not say which lexicon it uses: %s", engine.name, error)
    return used


def _documents(index: Index, ids: Sequence[str], doing: str, progress: Progress) -> Iterator[Document]:
    for start in range(0, len(ids), _CHUNK):
        yield from index.documents(ids[start : start + _CHUNK])
        progress(doing, min(start + _CHUNK, len(ids)), len(ids))


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    for document in documents:
        chunk.append(document)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
