from collections import defaultdict
from pathlib import Path

import pytest

from radassist.domain.errors import UserError
from radassist.training.manifest import Split, check_labels, films_of, read_labelled_films


def make_folder(root: Path, names: list[str]) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return root


def write_table(root: Path, text: str, films: list[str]) -> Path:
    make_folder(root, films)
    (root / "manifest.csv").write_text(text)
    return root


def test_films_of_one_patient_of_a_folder_share_a_split_and_test_stays_test(tmp_path: Path) -> None:
    names = [f"train/PNEUMONIA/person{patient}_virus_{film}.jpeg" for patient in range(60) for film in range(3)]
    names += ["test/NORMAL/IM-0001-0001.jpeg", "val/NORMAL/NORMAL2-IM-1427-0001.jpeg"]
    films = read_labelled_films(make_folder(tmp_path, names))
    splits = defaultdict(set)
    for film in films:
        splits[film.patient].add(film.split)
    assert len(films) == len(names)
    assert all(len(found) == 1 for found in splits.values())
    assert {film.path.name for film in films_of(films, Split.TEST)} == {"IM-0001-0001.jpeg"}
    assert all(films_of(films, split) for split in (Split.FIT, Split.VALIDATION, Split.CALIBRATION))


def test_namesakes_of_the_official_train_and_test_folders_are_different_patients(tmp_path: Path) -> None:
    names = ["train/PNEUMONIA/person1_bacteria_1.jpeg", "test/PNEUMONIA/person1_virus_6.jpeg"]
    train, test = sorted(read_labelled_films(make_folder(tmp_path, names)), key=lambda film: film.split == Split.TEST)
    assert train.patient != test.patient


def test_the_seed_decides_which_patients_go_where(tmp_path: Path) -> None:
    root = make_folder(tmp_path, [f"train/NORMAL/film{number}.png" for number in range(50)])
    splits = [[film.split for film in read_labelled_films(root, seed=seed)] for seed in (1, 1, 2)]
    assert splits[0] == splits[1] != splits[2]


def test_a_manifest_row_carries_everything_the_table_knows(tmp_path: Path) -> None:
    table = "path,label,patient,split,subtype,age,sex,view\na.png,PNEUMONIA,p1,test,virus,4.5,f,pa\n"
    (film,) = read_labelled_films(write_table(tmp_path, table, ["a.png"]) / "manifest.csv")
    assert (film.label, film.patient, film.split, film.subtype) == ("PNEUMONIA", "p1", Split.TEST, "virus")
    assert (film.age_years, film.sex, film.view) == (4.5, "F", "PA")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("path,label,patient,split\na.png,NORMAL,p,fit\nb.png,NORMAL,p,test\n", "a.png (fit) and b.png (test)"),
        ("path,label\nmissing.png,NORMAL\n", "Line 2 .* 'missing.png', which is not there"),
        ("path,truth\na.png,NORMAL\n", "no column 'label'"),
        ("path,label,split\na.png,NORMAL,training\n", "split 'training'; there are: fit, validation"),
        ("path,label,age\na.png,NORMAL,old\n", "age 'old'"),
        ("path,label\n", "no films"),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_refused_in_one_sentence(
    tmp_path: Path, table: str, sentence: str
) -> None:
    root = write_table(tmp_path, table, ["a.png", "b.png"])
    with pytest.raises(UserError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        read_labelled_films(root)


def test_an_empty_folder_is_refused_with_the_layout_that_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="wanted: a manifest"):
        read_labelled_films(tmp_path)


def test_films_of_one_label_only_are_refused(tmp_path: Path) -> None:
    films = read_labelled_films(make_folder(tmp_path, ["test/NORMAL/a.png"]))
    with pytest.raises(UserError, match="no film labelled PNEUMONIA"):
        check_labels(films, ("NORMAL", "PNEUMONIA"), Split.TEST)


def test_a_label_the_model_does_not_know_is_refused(tmp_path: Path) -> None:
    films = read_labelled_films(make_folder(tmp_path, ["test/COVID/a.png"]))
    with pytest.raises(UserError, match="labelled COVID; known: NORMAL, PNEUMONIA"):
        check_labels(films, ("NORMAL", "PNEUMONIA"), Split.TEST)
