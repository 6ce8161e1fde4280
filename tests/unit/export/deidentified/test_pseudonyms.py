"""New identifiers in place of old ones."""

from datetime import date

from pydicom.uid import UID

from radassist.export.deidentified.pseudonyms import Pseudonyms

ONE, OTHER = Pseudonyms(b"a" * 32), Pseudonyms(b"b" * 32)


def test_the_same_always_gets_the_same_and_another_salt_another() -> None:
    assert ONE.uid("1.2.3") == Pseudonyms(b"a" * 32).uid("1.2.3") != ONE.uid("1.2.4")
    assert ONE.uid("1.2.3") != OTHER.uid("1.2.3")
    assert UID(ONE.uid("1.2.3")).is_valid and ONE.uid("1.2.3").startswith("2.25.")
    assert len({ONE.patient("x"), ONE.file_name("x"), ONE.uid("x"), OTHER.patient("x")}) == 4


def test_days_of_one_patient_keep_their_distance_and_those_of_two_do_not() -> None:
    first, second = (date.fromisoformat(ONE.moved(day, "x")) for day in ("20240131", "20240207"))
    assert (second - first).days == 7 and (date(2024, 1, 31) - first).days >= 30
    assert ONE.moved("20240131", "y") != f"{first:%Y%m%d}"
    assert [ONE.moved(day, "x") for day in ("", "2024", "ZZCANARY", "00010101")] == [""] * 4
