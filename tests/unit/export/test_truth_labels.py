import re
from pathlib import Path

import pytest

from radassist.domain.errors import UserError
from radassist.export import truth_labels
from radassist.export.truth_labels import read_labels

LABELS = ("NORMAL", "PNEUMONIA")


def _read(folder: Path, text: str | bytes):
    table = folder / "labels.csv"
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(row.line, row.film, row.is_positive) for row in read_labels(table, LABELS)]


@pytest.mark.parametrize(
    "text",
    [
        "path,label\na.png,PNEUMONIA\nb.png,NORMAL\n",
        "\ufeffFile Name;Ground-Truth;age\r\na.png;1;50\r\nb.png;0;60\r\n",
        'class\tNAME\n"yes"\ta.png\nno\tb.png\n',
        "image,Diagnosis\n a.png , Positive \nb.png,negative\n",
    ],
)
def test_columns_are_found_under_the_names_people_give_them(tmp_path, text) -> None:
    assert _read(tmp_path, text) == [(2, "a.png", True), (3, "b.png", False)]


def test_an_empty_label_is_none_and_empty_lines_are_no_rows(tmp_path) -> None:
    assert _read(tmp_path, "file,label\na.png,\n,\n\nb.png,1\n") == [(2, "a.png", None), (5, "b.png", True)]


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path) -> None:
    assert _read(tmp_path, 'file,label\n"=cmd|calc!A1",1\n') == [(2, "=cmd|calc!A1", True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column of films"),
        ("who,label\na,1\n", "no column of films"),
        ("file,score\na,1\n", "no column of labels"),
        ("file,label,truth\na,1,0\n", "2 columns of labels"),
        ("file,label\na,1\nb,BACTERIA\n", "label in line 3 of labels.csv is neither NORMAL nor PNEUMONIA"),
        ("file,label\na\n", "Line 2 of labels.csv has too few cells"),
        ('file,label\n"a,1\n', "no sound CSV table"),
        (b"file,label\n\xff\xfe,1\n", "not UTF-8"),
        (b"\xff\xfef\x00i\x00", "not UTF-8"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, text, words) -> None:
    with pytest.raises(UserError, match=re.escape(words)) as caught:
        _read(tmp_path, text)
    assert str(caught.value).count(". ") == 0 and str(caught.value).endswith(".")


def test_the_label_itself_is_not_repeated_in_the_sentence(tmp_path) -> None:
    with pytest.raises(UserError) as caught:
        _read(tmp_path, "file,label\na,Jane Doe\n")
    assert "Jane" not in str(caught.value)


def test_a_table_too_large_is_refused_before_it_is_read_whole(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(truth_labels, "MOST_ROWS", 2)
    with pytest.raises(UserError, match="more than 2 rows"):
        _read(tmp_path, "file,label\na,1\nb,1\nc,1\n")
    monkeypatch.setattr(truth_labels, "MOST_BYTES", 2**20)
    with pytest.raises(UserError, match="larger than the 1 MB"):
        _read(tmp_path, b"x" * (2**20 + 1))


def test_what_is_no_file_is_refused(tmp_path) -> None:
    for place in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(UserError, match="is not a file"):
            read_labels(place, LABELS)
