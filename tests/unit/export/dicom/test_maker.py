"""What all DICOM results say alike."""

from pydicom.dataset import Dataset
from pydicom.uid import UID

from radassist.export.dicom.maker import RESEARCH, finish, place, software_version


def test_every_object_has_identifiers_of_its_own_that_name_no_machine():
    first, second = place(1), place(1)
    uids = {first.series_uid, first.instance_uid, second.series_uid, second.instance_uid}
    assert len(uids) == 4
    assert all(UID(uid).is_valid and uid.startswith("2.25.") for uid in uids)


def test_an_object_says_what_it_is_for():
    header = Dataset()
    made = finish(Dataset(), header)
    assert (made.SeriesDescription, made.BodyPartExamined) == (RESEARCH, "CHEST")
    header.BodyPartExamined = "THORAX"
    assert finish(Dataset(), header).BodyPartExamined == "THORAX"


def test_the_version_is_the_programs():
    from radassist import __version__

    assert software_version() == __version__
