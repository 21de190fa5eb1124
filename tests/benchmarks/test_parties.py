"""The same act is the same record, whoever did it: a floor, and that the benchmark can tell the difference."""

from __future__ import annotations

from spacy.language import Language

from benchmarks.parties import Coded, coded, read_items
from sitrep.ontology import EVENT_TYPES

# Every fourth item; `python -m benchmarks.parties` prints the figures for all.
STRIDE = 4
FLOOR = 0.75


def test_exchanged_parties_and_loaded_words_leave_the_record_as_it_is(nlp: Language):
    same = total = 0
    for item in list(read_items())[::STRIDE]:
        first, *others = [coded(version, item.type, nlp) for version in item.versions]
        same += sum(other == first for other in others)
        total += len(others)
    assert same / total >= FLOOR


def test_another_type_or_role_is_not_the_same():
    record = Coded("ASSAULT", "happened", "actor", "recipient")
    assert record != Coded("COERCE", "happened", "actor", "recipient")
    assert record != Coded("ASSAULT", "happened", "recipient", "actor")


def test_every_item_has_its_versions_and_a_known_type():
    items = list(read_items())
    assert len(items) >= 150
    for item in items:
        assert item.type in EVENT_TYPES
        names = [version.name for version in item.versions]
        assert names[:4] == ["first", "exchanged", "other", "invented"]
        assert all("{" not in version.sentence for version in item.versions)
