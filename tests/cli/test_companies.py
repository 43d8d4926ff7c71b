"""Which company is meant, where its files are, and what connecting writes into them."""

from __future__ import annotations

import argparse
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli import dashboard
from cli.addresses import PRODUCTION, SANDBOX, with_addresses
from cli.companies import known_companies, pick, short_name
from cli.config_file import keep_values, with_values
from cli.connecting import Connecting
from cli.places import Places, find_places, new_places
from core.clock import SystemClock
from core.errors import ConnectionTrouble, UsageTrouble
from core.ids import SystemIds
from core.passphrase import Passphrase
from core.paths import Paths, find_paths
from store.cache import Cache

HAND_WRITTEN = """\
# our office
[docket]
folder = "exports"  # a share

  [ quickbooks ]   # not connected yet
realm_id   = "1"  # wrong
timeout_seconds = 120
[sync]
settle_seconds = 7
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"DOCKET_QBO_HOME": str(tmp_path)})


def company(paths: Paths, name: str, key: str = "", realm_id: str = "1") -> None:
    file = paths.companies / f"{key}.toml" if key else paths.config_file
    values = {"docket": {"folder": "/exports"}, "quickbooks": {"url": "https://x.example"}}
    values["quickbooks"] |= {"realm_id": realm_id, "company": name}
    file.parent.mkdir(parents=True, exist_ok=True)
    keep_values(file, values)


def meant(paths: Paths, **words: str) -> Places:
    args = argparse.Namespace(config=None, db=None, company=words.get("company"), read_only=False)
    home = {"DOCKET_QBO_HOME": str(paths.config)}
    return find_places(args, home | {k: v for k, v in words.items() if k.startswith("DOCKET")})


def test_one_company_needs_no_name_and_several_always_do(paths: Paths) -> None:
    assert meant(paths).config_file is None
    company(paths, "Acme Roll-Off LLC")
    assert meant(paths).cache_file == paths.cache_file
    company(paths, "Second Yard, Inc.", "second", "2")
    with pytest.raises(UsageTrouble, match="none was named") as caught:
        meant(paths)
    assert "Second Yard, Inc. (second)" in caught.value.fix
    for name in ("second", "SECOND", "Second Yard, Inc."):
        found = meant(paths, company=name)
        assert found.cache_file == paths.data / "companies" / "second" / "sync.db"
        assert found.config.quickbooks.realm_id == "2"
    assert meant(paths, company="acme roll-off llc").company == ""
    assert meant(paths, DOCKET_QBO_COMPANY="second").company == "second"
    with pytest.raises(UsageTrouble, match="No company is called third"):
        meant(paths, company="third")


def test_a_name_of_two_companies_means_neither(paths: Paths) -> None:
    company(paths, "Acme", "north", "1")
    company(paths, "Acme", "south", "2")
    with pytest.raises(UsageTrouble, match="Several companies are called acme"):
        pick(known_companies(paths, {}), "acme")


def test_a_configuration_named_by_its_file_is_still_that_companys(paths: Paths) -> None:
    company(paths, "Second Yard", "second")
    file = paths.companies / "second.toml"
    args = argparse.Namespace(config=file, db=None, company=None, read_only=True)
    found = find_places(args, {"DOCKET_QBO_HOME": str(paths.config)})
    assert (found.company, found.cache_file) == ("second", paths.cache_of("second"))
    assert found.config.sync.read_only
    args.company = "second"
    with pytest.raises(UsageTrouble, match="name two"):
        find_places(args, {"DOCKET_QBO_HOME": str(paths.config)})


def test_a_new_company_takes_no_other_ones_place(paths: Paths) -> None:
    assert new_places(paths, "", environ={}).cache_file == paths.cache_file
    company(paths, "Acme")
    for taken in ("", "Acme!"):
        if taken:
            company(paths, "Acme", "acme")
        with pytest.raises(UsageTrouble, match="already"):
            new_places(paths, taken, environ={})


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_a_short_name_is_a_plain_file_name_or_refused(name: str) -> None:
    try:
        short = short_name(name)
    except UsageTrouble:
        return
    assert short == short_name(short)
    assert short.replace("-", "").isalnum()
    assert short.isascii()
    assert len(short) <= 40


def test_a_hand_written_configuration_keeps_what_is_a_persons() -> None:
    values = {"quickbooks": {"realm_id": "9130", "company": 'A "quoted" \\ name'}}
    new = with_values(HAND_WRITTEN, values)
    assert tomllib.loads(new)["quickbooks"] == {
        "realm_id": "9130",
        "company": 'A "quoted" \\ name',
        "timeout_seconds": 120,
    }
    for line in ("# our office", 'folder = "exports"  # a share', "settle_seconds = 7"):
        assert line in new
    assert with_values(new, values) == new
    with pytest.raises(ValueError, match="twice"):
        with_values('quickbooks.url = "x"\n', values)


KEYS = st.sampled_from(["url", "realm_id", "company", "discovery_url"])
VALUES = st.dictionaries(
    st.sampled_from(["docket", "quickbooks"]),
    st.dictionaries(KEYS, st.text(st.characters(exclude_categories=["Cs"])), min_size=1),
)


@settings(deadline=None)
@given(VALUES, VALUES)
def test_what_is_kept_reads_back_and_the_rest_stays(
    first: dict[str, dict[str, str]], second: dict[str, dict[str, str]]
) -> None:
    read = tomllib.loads(with_values(with_values(HAND_WRITTEN, first), second))
    expected = tomllib.loads(HAND_WRITTEN)
    for values in (first, second):
        for section, wanted in values.items():
            expected[section] |= wanted
    assert read == expected


def test_a_configuration_that_cannot_be_written_is_said_with_what_it_lacks(
    tmp_path: Path, paths: Paths
) -> None:
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(UsageTrouble, match="cannot be written") as caught:
        keep_values(tmp_path / "in-the-way" / "c.toml", {"quickbooks": {"realm_id": "9130"}})
    assert '[quickbooks] realm_id = "9130"' in caught.value.fix


def test_the_dashboard_opens_one_company_after_another(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    company(paths, "Acme")
    company(paths, "Second", "second", "2")
    wanted = ["second", "", None]
    shown: list[tuple[str, bool, bool]] = []

    async def show(
        places: Places, passphrase: Passphrase, *, resume: bool, plain: bool
    ) -> tuple[int, str | None]:
        assert plain
        shown.append((places.company, places.config.sync.read_only, resume))
        return 0, wanted.pop(0)

    monkeypatch.setattr(dashboard, "_show", show)
    monkeypatch.setenv("DOCKET_QBO_RESUMED", "1")
    monkeypatch.setenv("DOCKET_QBO_DB", "of-the-first.db")
    args = argparse.Namespace(config=None, db=None, company="acme", read_only=True)
    first = find_places(args, {"DOCKET_QBO_HOME": str(paths.config)})
    assert dashboard._one_after_another(first, plain=True) == 0
    assert shown == [("", True, True), ("second", True, False), ("", True, False)]


def test_the_dashboard_asks_which_company_where_there_are_several(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = {"DOCKET_QBO_HOME": str(paths.config)}
    company(paths, "Acme")
    assert dashboard._chosen(home) is None
    company(paths, "Second \x1b[2J Yard", "second", "2")
    said = ["2", "acme", "second", "0", ""]
    monkeypatch.setattr("builtins.input", lambda words: said.pop(0))
    second = paths.companies / "second.toml"
    assert [dashboard._chosen(home) for _ in range(3)] == [second, paths.config_file, second]
    for _ in range(2):
        with pytest.raises(UsageTrouble):
            dashboard._chosen(home)
    shown = capsys.readouterr().err
    assert "1  Acme (" in shown
    assert "\x1b" not in shown
    assert dashboard._chosen(home | {"DOCKET_QBO_COMPANY": "acme"}) is None


class Kept:
    """No secrets."""

    def get(self, name: str) -> str | None:
        return None

    def put(self, name: str, value: str) -> None:
        raise AssertionError(name)

    def delete(self, name: str) -> None:
        raise AssertionError(name)


@pytest.mark.parametrize("live", [True, False])
def test_two_live_companies_never_get_the_same_records_of_docket(
    paths: Paths, live: bool, tmp_path: Path
) -> None:
    company(paths, "Acme")
    url = (PRODUCTION if live else SANDBOX)[0]
    keep_values(
        paths.config_file, {"docket": {"folder": str(tmp_path)}, "quickbooks": {"url": url}}
    )
    second = with_addresses(new_places(paths, "Second", environ={}), live=live)
    own = tmp_path / "own"
    own.mkdir()
    with closing(Cache.open(second.cache_file, clock=SystemClock(), ids=SystemIds())) as cache:

        def connecting(folder: str) -> Connecting:
            places = with_addresses(second, docket_folder=folder)
            return Connecting(places, Kept(), cache, SystemClock())

        connecting(str(own))._insist_expected("2")
        (tmp_path / "invoices.csv").touch()
        for same in (f"{tmp_path}/.", f"{tmp_path}/invoices.csv"):
            shared = connecting(same)
            if not live:  # Intuit's sandbox may be tried with anybody's records
                shared._insist_expected("2")
                continue
            with pytest.raises(ConnectionTrouble, match="records of Acme would be posted"):
                shared._insist_expected("2")
        with pytest.raises(UsageTrouble, match="no folder and no CSV or XLSX file"):
            connecting(f"{tmp_path}/gone")
