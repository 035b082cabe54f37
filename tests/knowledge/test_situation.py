"""The situation of a record through time: each row is an instant as clocks show it somewhere."""

from __future__ import annotations

import copy
import json
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base.loader import FOLDER, read_folder
from knowledge.base.reading import record_from
from knowledge.base.records import Deadline, Document, Fact, Kind, Permanent, Reading, Record, Source, State
from knowledge.base.situation import Status, Timing, situation

PUBLISHED = Path(__file__).parent / "published"
RECORDS = {
    item.id: record_from(item.id, item.content) for folder in (FOLDER, PUBLISHED) for item in read_folder(folder)
}
PARIS, REUNION, MAYOTTE, GUADELOUPE = "Europe/Paris", "Indian/Reunion", "Indian/Mayotte", "America/Guadeloupe"
SOURCE = Source("page")

# (record, clock, instant, status, disputed between readings)
THROUGH_TIME = [
    ("la-reunion-2022", PARIS, "2022-07-11T12:00:00", "open", False),
    ("la-reunion-2022", PARIS, "2022-08-22T21:59:59", "open", False),
    ("la-reunion-2022", PARIS, "2022-08-22T22:00:00", "closing_soon", False),
    ("la-reunion-2022", REUNION, "2022-09-05T00:00:00", "closing_soon", False),
    ("la-reunion-2022", REUNION, "2022-09-05T23:59:59", "closing_soon", False),
    ("la-reunion-2022", PARIS, "2022-09-05T21:59:59", "closing_soon", False),
    ("la-reunion-2022", PARIS, "2022-09-05T22:00:00", "closed", False),
    ("la-reunion-2022", REUNION, "2022-09-06T00:00:00", "closed", False),
    ("la-reunion-2022", PARIS, "2026-11-22T12:00:00", "closed", False),
    ("paca-aac-pasa-2024", PARIS, "2024-05-23T13:59:59", "open", False),
    ("paca-aac-pasa-2024", PARIS, "2024-05-23T14:00:00", "closing_soon", False),
    ("paca-aac-pasa-2024", PARIS, "2024-06-06T13:59:59", "closing_soon", False),
    ("paca-aac-pasa-2024", PARIS, "2024-06-06T14:00:00", "closed", False),
    ("paca-aac-pasa-2024", REUNION, "2024-06-06T15:59:59", "closing_soon", False),
    ("paca-aac-pasa-2024", REUNION, "2024-06-06T16:00:00", "closed", False),
    ("na-aac-consultations-handicap-2025", PARIS, "2026-01-04T23:59:59", "closing_soon", False),
    ("na-aac-consultations-handicap-2025", PARIS, "2026-01-05T00:00:00", "closed", False),
    ("normandie-ami-handicap-2025", PARIS, "2025-04-06T23:59:59", "closing_soon", False),
    ("normandie-ami-handicap-2025", PARIS, "2025-04-07T00:00:00", "closed", False),
    ("normandie-2024", PARIS, "2023-06-01T12:00:00", "no_deadline_stated", False),
    ("normandie-2024", PARIS, "2024-06-01T12:00:00", "no_deadline_stated", False),
    ("normandie-2024", PARIS, "2025-12-31T23:59:59", "no_deadline_stated", False),
    ("normandie-2024", PARIS, "2026-01-01T00:00:00", "ended_by_programme", False),
    ("normandie-2024", REUNION, "2026-01-01T02:59:59", "no_deadline_stated", False),
    ("normandie-2024", PARIS, "2026-11-22T12:00:00", "ended_by_programme", False),
    ("hauts-de-france-2018", PARIS, "2018-07-01T12:00:00", "no_deadline_stated", False),
    ("hauts-de-france-2018", PARIS, "2019-05-06T12:00:00", "ended_by_programme", False),
    ("hauts-de-france-2019", PARIS, "2019-05-05T23:59:59", "upcoming", False),
    ("hauts-de-france-2019", PARIS, "2019-05-06T00:00:00", "open", False),
    ("hauts-de-france-2019", PARIS, "2019-06-14T23:59:59", "open", False),
    ("hauts-de-france-2019", PARIS, "2019-06-15T00:00:00", "closing_soon", False),
    ("hauts-de-france-2019", PARIS, "2019-06-28T23:59:59", "closing_soon", False),
    ("hauts-de-france-2019", PARIS, "2019-06-29T00:00:00", "closed", False),
    ("pdl-aac-ide-nuit-2018", PARIS, "2018-07-26T23:59:59", "open", False),
    ("pdl-aac-ide-nuit-2018", PARIS, "2018-08-20T12:00:00", "open", False),
    ("pdl-aac-ide-nuit-2018", PARIS, "2018-09-14T23:59:59", "closing_soon", False),
    ("pdl-aac-ide-nuit-2018", PARIS, "2018-09-15T00:00:00", "closed", False),
    ("hdf-initiatives-2023", PARIS, "2023-03-24T23:59:59", "upcoming", False),
    ("hdf-initiatives-2023", PARIS, "2023-06-01T12:00:00", "open", False),
    ("hdf-initiatives-2023", PARIS, "2023-06-26T00:00:00", "closed", False),
    ("occitanie-aap-culture-sante-2021", PARIS, "2020-12-30T23:59:59", "open", False),
    ("occitanie-aap-culture-sante-2021", PARIS, "2020-12-31T00:00:00", "open", True),
    ("occitanie-aap-culture-sante-2021", PARIS, "2021-03-31T23:59:59", "closing_soon", True),
    ("occitanie-aap-culture-sante-2021", PARIS, "2021-04-01T00:00:00", "closed", False),
    ("mayotte-aap-ehpad-2024", PARIS, "2024-07-15T22:59:59", "upcoming", False),
    ("mayotte-aap-ehpad-2024", PARIS, "2024-07-15T23:00:00", "open", False),
    ("mayotte-aap-ehpad-2024", MAYOTTE, "2024-09-16T11:00:59", "closing_soon", False),
    ("mayotte-aap-ehpad-2024", MAYOTTE, "2024-09-16T11:01:00", "closing_soon", True),
    ("mayotte-aap-ehpad-2024", PARIS, "2024-09-16T10:00:00", "closing_soon", False),
    ("mayotte-aap-ehpad-2024", PARIS, "2024-09-16T10:01:00", "closing_soon", True),
    ("mayotte-aap-ehpad-2024", PARIS, "2024-09-16T22:59:59", "closing_soon", True),
    ("mayotte-aap-ehpad-2024", PARIS, "2024-09-16T23:00:00", "closed", False),
    ("ara-clact-permanent", PARIS, "2019-01-01T12:00:00", "permanent", False),
    ("ara-clact-permanent", PARIS, "2031-02-03T12:00:00", "permanent", False),
    ("martinique-clact-ms", PARIS, "2026-11-22T12:00:00", "no_deadline_stated", False),
    ("guadeloupe-2017", GUADELOUPE, "2017-02-09T12:00:00", "not_a_call", False),
    ("guadeloupe-2017", GUADELOUPE, "2026-11-22T12:00:00", "not_a_call", False),
    ("guide-dgcs-2021", PARIS, "2021-06-04T11:02:00", "not_a_call", False),
]


def local(clock: str, instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=ZoneInfo(clock))


@pytest.mark.parametrize(
    ("record_id", "clock", "instant", "status", "disputed"), THROUGH_TIME, ids=lambda value: str(value)
)
def test_each_record_has_the_right_situation_at_each_instant(
    record_id: str, clock: str, instant: str, status: str, disputed: bool
) -> None:
    found = situation(RECORDS[record_id], local(clock, instant))
    assert (found.status.value, found.disputed) == (status, disputed)
    assert found.over == (status in {"closed", "ended_by_programme"})


@pytest.mark.parametrize(
    ("record_id", "clock", "end"),
    [
        ("la-reunion-2022", REUNION, "2022-09-06T00:00:00"),
        ("paca-aac-pasa-2024", PARIS, "2024-06-06T14:00:00"),
        ("mayotte-aap-ehpad-2024", MAYOTTE, "2024-09-17T00:00:00"),
        ("pdl-aac-ide-nuit-2018", PARIS, "2018-09-15T00:00:00"),
    ],
)
def test_the_end_given_is_that_of_the_last_deadline_in_local_time(record_id: str, clock: str, end: str) -> None:
    found = situation(RECORDS[record_id], local(PARIS, "2017-01-01T12:00:00"))
    assert found.ends_at == local(clock, end)


@pytest.mark.parametrize("record_id", ["normandie-2024", "martinique-clact-ms", "idf-cae-2025", "bfc-qvt-2020"])
def test_a_call_without_a_date_is_never_said_open_or_closed_on_a_day(record_id: str) -> None:
    for year in range(2016, 2032):
        found = situation(RECORDS[record_id], local(PARIS, f"{year}-06-01T12:00:00"))
        assert found.ends_at is None
        assert found.status in {Status.NO_DEADLINE_STATED, Status.ENDED_BY_PROGRAMME}


# Progress of a call: the situation may only move forward.
RANKS = {
    Status.UPCOMING: 0,
    Status.NO_DEADLINE_STATED: 1,
    Status.OPEN: 1,
    Status.CLOSING_SOON: 2,
    Status.CLOSED: 3,
    Status.ENDED_BY_PROGRAMME: 3,
}
days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
deadlines = st.builds(Deadline, days, st.none() | st.times(), st.booleans(), st.just("filing"))
instants = st.datetimes(datetime(2023, 12, 1), datetime(2026, 2, 1), timezones=st.just(timezone.utc))
zones = st.sampled_from([PARIS, REUNION, MAYOTTE, GUADELOUPE, "America/Cayenne", "Pacific/Noumea", "America/Miquelon"])


def fact(number: int, deadline: Deadline) -> Fact:
    return Fact(f"d{number}", "deadline", SOURCE, value=deadline)


def disputed(first: Deadline, second: Deadline) -> Fact:
    readings = (Reading("une", first, SOURCE), Reading("autre", second, SOURCE))
    return Fact("conflict", "deadline", SOURCE, State.CONFLICT, readings=readings)


records = st.builds(
    lambda facts, zone, opening, ends: Record(
        "x",
        Kind.CALL,
        "Titre",
        "Titre",
        (Document("page", "Titre", "ARS", date(2024, 1, 1), "whole"),),
        tuple(facts),
        time_zone=zone,
        opening=opening,
        ends=ends,
    ),
    st.one_of(
        st.lists(deadlines, max_size=3).map(lambda items: [fact(*item) for item in enumerate(items)]),
        st.tuples(deadlines, deadlines).map(lambda pair: [disputed(*pair)]),
    ),
    zones,
    st.none() | days,
    st.none() | days,
)


@given(records, st.lists(instants, min_size=2, max_size=12))
def test_as_time_moves_on_a_call_never_goes_back_to_an_earlier_situation(
    record: Record, moments: list[datetime]
) -> None:
    ranks = [RANKS[situation(record, moment).status] for moment in sorted(moments)]
    assert ranks == sorted(ranks)


@given(records, instants, zones)
def test_the_situation_depends_on_the_instant_not_on_the_clock_that_shows_it(
    record: Record, moment: datetime, zone: str
) -> None:
    assert situation(record, moment.astimezone(ZoneInfo(zone))) == situation(record, moment)


@pytest.mark.parametrize("clock", [PARIS, "UTC"])
def test_closing_soon_begins_fourteen_days_before_even_when_the_hour_changes_meanwhile(clock: str) -> None:
    record = RECORDS["normandie-ami-handicap-2025"]
    begins = datetime(2025, 4, 6, 22, tzinfo=timezone.utc) - timedelta(days=14)
    assert situation(record, begins.astimezone(ZoneInfo(clock))).status is Status.CLOSING_SOON
    assert situation(record, (begins - timedelta(seconds=1)).astimezone(ZoneInfo(clock))).status is Status.OPEN


def with_deadline(record_id: str, value: Deadline | Permanent) -> Record:
    record = copy.copy(RECORDS[record_id])
    object.__setattr__(record, "facts", (Fact("d", "deadline", SOURCE, value=value),))
    return record


@pytest.mark.parametrize(
    ("inclusive", "open_at", "closed_at"), [(True, "14:00:59", "14:01:00"), (False, "13:59:59", "14:00:00")]
)
def test_an_hour_counts_when_it_is_included_and_not_when_it_is_excluded(
    inclusive: bool, open_at: str, closed_at: str
) -> None:
    record = with_deadline("paca-aac-pasa-2024", Deadline(date(2024, 6, 6), time(14), inclusive))
    assert not situation(record, local(PARIS, f"2024-06-06T{open_at}")).over
    assert situation(record, local(PARIS, f"2024-06-06T{closed_at}")).over


@pytest.mark.parametrize("record_id", sorted(RECORDS))
def test_what_is_kept_for_lists_tells_the_same_situation_as_the_record(record_id: str) -> None:
    record = RECORDS[record_id]
    kept = Timing.from_dict(json.loads(json.dumps(Timing.of(record).as_dict())))
    for day in range(0, 16 * 365, 13):
        now = datetime(2016, 1, 1, 9, 30, tzinfo=timezone.utc) + timedelta(days=day)
        assert kept.situation(now) == situation(record, now)
