"""What the machine offers the tests, found once: OpenSearch, PostgreSQL, a browser, sample data.

Loaded before the settings are read, so that every test process works in a DATA_DIR of its own and no setting of the
person's own site reaches the tests. What is missing is named in one line and its tests are skipped;
with REQUIRE_OPENSEARCH, REQUIRE_POSTGRES, REQUIRE_BROWSER, REQUIRE_HUNSPELL or REQUIRE_SAMPLES set to 1 a missing one is a failure.
"""

from __future__ import annotations

import functools
import gc
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections
from playwright.sync_api import Browser, expect, sync_playwright

from tools import browser, spelling

SITE_SETTINGS = ("ALLOWED_HOSTS", "DEBUG", "OPENSEARCH_CA", "SECRET_KEY", "SITE_NAME", "SITE_URL")
# What collecting the tests makes stays to the end: looking through it for garbage, then or later, finds none.
gc.disable()

# Loopback is never asked for through a proxy that the environment names.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# The processes of pytest-xdist inherit the environment of the first one: what is taken from it is kept under another name.
os.environ.setdefault("TEST_OPENSEARCH_URL", os.environ.pop("OPENSEARCH_URL", "") or "http://127.0.0.1:9200")
for _name in SITE_SETTINGS:
    os.environ.pop(_name, None)
_DATA_DIR = tempfile.mkdtemp(prefix="bank-tests-")
os.environ["DATA_DIR"] = _DATA_DIR
# The server of static files warns of a folder that is not there, and nothing is collected for the tests.
(Path(_DATA_DIR) / "static").mkdir()


def _opensearch() -> str | None:
    address = os.environ["TEST_OPENSEARCH_URL"]
    try:
        with DIRECT.open(address, timeout=3):
            return None
    except OSError as refused:
        return f"OpenSearch does not answer on {address} ({refused}); `make opensearch` starts one"


def _postgres() -> str | None:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return None
    return "not on PostgreSQL: DATABASE_URL names none (`make test` runs these tests in a second round)"


def _sqlite() -> str | None:
    return "not on SQLite: DATABASE_URL names another database" if os.environ.get("DATABASE_URL") else None


def _browser() -> str | None:
    return None if browser.browser_executable() else f"no browser: none of {', '.join(browser.BROWSERS)} is on the path"


def _hunspell() -> str | None:
    return None if spelling.has_dictionaries() else "hunspell with nb_NO and nn_NO is not installed"


def _samples() -> str | None:
    folder = os.environ.get("BANK_SAMPLES", "")
    return None if folder and Path(folder).is_dir() else "no sample data: BANK_SAMPLES names no folder"


NEEDS: Mapping[str, Callable[[], str | None]] = {
    "opensearch": functools.cache(_opensearch),
    "postgres": functools.cache(_postgres),
    "sqlite": functools.cache(_sqlite),
    "browser": functools.cache(_browser),
    "hunspell": functools.cache(_hunspell),
    "samples": functools.cache(_samples),
}


# Which database a round of the suite runs on is chosen by tools/run_tests.py, so these are never missing.
DATABASES = ("postgres", "sqlite")


def required(need: str) -> bool:
    return os.environ.get(f"REQUIRE_{need.upper()}") == "1"


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """SQLite in a file: in memory it has no WAL and no second writer, which many tests are about.

    Passwords are hashed as on the site, but not a million times over.
    """
    PBKDF2PasswordHasher.iterations = 1
    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        settings["TEST"]["NAME"] = str(Path(_DATA_DIR) / "test.sqlite3")


def pytest_report_header() -> list[str]:
    return [f"missing: {why}" for name, find in NEEDS.items() if name not in DATABASES and (why := find())]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database: the suite runs on SQLite, and these run once more on PostgreSQL."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or "db" in fixtures or "transactional_db" in fixtures:
            item.add_marker("database")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    yield
    gc.freeze()
    gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for need, find in NEEDS.items():
        if item.get_closest_marker(need) and (why := find()):
            if need not in DATABASES and required(need):
                pytest.fail(f"REQUIRE_{need.upper()} is set, but {why}", pytrace=False)
            pytest.skip(why)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required, a skipped test is one that somebody switched off."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and all(required(need) for need in NEEDS if need != "sqlite"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure() -> None:
    shutil.rmtree(_DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def opensearch_url() -> str:
    """Address of a real OpenSearch node; mark the test `opensearch`."""
    return os.environ["TEST_OPENSEARCH_URL"]


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the sample data; mark the test `samples`."""
    return Path(os.environ["BANK_SAMPLES"])


@pytest.fixture(scope="session")
def browser_executable() -> str:
    """Path of the machine's Chromium; mark the test `browser`."""
    found = browser.browser_executable()
    assert found, "mark the test `browser`"
    return found


@pytest.fixture(scope="session")
def chromium(browser_executable: str) -> Iterator[Browser]:
    """One Chromium for all tests of this process: starting one takes longer than most tests. Ask for `browser` instead."""
    expect.set_options(timeout=30_000)  # milliseconds; a busy machine is no fault of the page
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's own loop runs in the thread of the tests; Django would refuse to read its database there.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=browser_executable, args=browser.browser_arguments())
        yield started
        started.close()


@pytest.fixture(name="browser")
def _browser_of_a_test(chromium: Browser) -> Iterator[Browser]:
    """The machine's Chromium; mark the test `browser`. Whatever the test opened in it is closed afterwards."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty DATA_DIR for a process the test starts."""
    return tmp_path / "var"
