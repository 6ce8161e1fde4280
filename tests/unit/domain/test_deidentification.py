"""What files say of writing in their pictures."""

import pytest

from radassist.domain.deidentification import BurnedIn, burned_in
from radassist.domain.tags import TagList, TagRow


def tags(*values: str, depth: int = 0) -> TagList:
    return TagList("DICOM", tuple(TagRow(depth, "(0028,0301)", "CS", "Burned In Annotation", each) for each in values))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (tags("YES"), BurnedIn.YES),
        (tags("NO"), BurnedIn.NO),
        (tags(), BurnedIn.UNKNOWN),
        (tags("no"), BurnedIn.UNKNOWN),
        (tags("NO", "YES"), BurnedIn.UNKNOWN),
        (tags("NO", depth=1), BurnedIn.UNKNOWN),
        (TagList("PNG", ()), BurnedIn.UNKNOWN),
    ],
)
def test_only_a_clear_no_is_one(said: TagList, means: BurnedIn) -> None:
    assert burned_in(said) is means
