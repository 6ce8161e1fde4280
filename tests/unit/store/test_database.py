"""The file: whole transactions, one version after another, damage set aside, nobody else's eyes."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from radassist.domain.errors import StoreError
from radassist.store.database import Database

FIRST = "CREATE TABLE word (text TEXT);"
SECOND = "INSERT INTO word VALUES ('from the second; step');\nCREATE TABLE other (number INTEGER);\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "results.sqlite"


def words(database):
    return [text for (text,) in database.rows("SELECT text FROM word")]


def test_what_is_committed_is_there_after_the_next_opening(path):
    with closing(Database(path, [FIRST])) as database, database.transaction() as connection:
        connection.execute("INSERT INTO word VALUES ('kept')")

    with closing(Database(path, [FIRST])) as database:
        assert words(database) == ["kept"]


def test_a_block_that_raises_leaves_nothing(path):
    with closing(Database(path, [FIRST])) as database:
        with pytest.raises(ZeroDivisionError), database.transaction() as connection:
            connection.execute("INSERT INTO word VALUES ('half')")
            raise ZeroDivisionError
        assert words(database) == []


def test_commits_are_on_the_disk_before_they_return(path):
    with closing(Database(path, [FIRST])) as database:
        assert database.rows("PRAGMA journal_mode") == [("wal",)]
        assert database.rows("PRAGMA synchronous") == [(2,)]


def test_an_older_file_takes_the_steps_it_lacks(path):
    Database(path, [FIRST]).close()

    with closing(Database(path, [FIRST, SECOND])) as database:
        assert words(database) == ["from the second; step"]
        assert database.rows("PRAGMA user_version") == [(2,)]
    with closing(Database(path, [FIRST, SECOND])) as database:
        assert words(database) == ["from the second; step"]


def test_a_step_that_fails_leaves_the_file_at_its_old_version(path):
    Database(path, [FIRST]).close()

    with pytest.raises(StoreError):
        Database(path, [FIRST, SECOND + "CREATE NONSENSE;"])
    with closing(Database(path, [FIRST])) as database:
        assert database.rows("PRAGMA user_version") == [(1,)]
        assert words(database) == []


def test_a_file_of_a_newer_version_is_left_alone(path):
    Database(path, [FIRST, SECOND]).close()

    with pytest.raises(StoreError, match="newer version"):
        Database(path, [FIRST])


def damage_all(path):
    path.write_bytes(b"this is no database" * 500)


def damage_a_page(path):
    with closing(Database(path, [FIRST])) as database, database.transaction() as connection:
        connection.executemany("INSERT INTO word VALUES (?)", [("x" * 3000,)] * 40)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)


@pytest.mark.parametrize("damage", [damage_all, damage_a_page])
def test_a_damaged_file_is_set_aside_and_said_so(path, damage):
    Database(path, [FIRST]).close()
    damage(path)
    damaged = path.read_bytes()

    with closing(Database(path, [FIRST])) as database:
        assert words(database) == []
        assert "damaged" in database.notice
    (aside,) = path.parent.glob("results.damaged-*.sqlite")
    assert aside.read_bytes() == damaged
    assert aside.name in database.notice


def test_a_sound_file_has_no_notice(path):
    with closing(Database(path)) as database:
        assert database.notice == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mode")
def test_files_and_folder_are_for_their_owner_only(path):
    path.parent.mkdir(mode=0o755)
    with closing(Database(path, [FIRST])) as database, database.transaction() as connection:
        connection.execute("INSERT INTO word VALUES ('kept')")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == {f"results.sqlite{end}": 0o600 for end in ("", "-wal", "-shm")}


def test_a_place_that_is_no_place_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=r"^The results cannot be kept in .*\.$"):
        Database(tmp_path / "file" / "results.sqlite")


def test_a_full_disk_is_one_sentence_and_what_was_there_stays(path):
    with closing(Database(path, [FIRST])) as database:
        with database.transaction() as connection:
            connection.execute("INSERT INTO word VALUES ('kept')")
        (pages,) = database.rows("PRAGMA page_count")[0]
        database.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"), database.transaction() as connection:
            connection.execute("INSERT INTO word VALUES (?)", ("x" * 100_000,))
        assert words(database) == ["kept"]


def test_two_programs_may_write_in_turn(path):
    with closing(Database(path, [FIRST])) as one, closing(Database(path, [FIRST])) as other:
        for database in (one, other, one):
            with database.transaction() as connection:
                connection.execute("INSERT INTO word VALUES ('x')")
        assert len(words(other)) == 3


def test_a_damaged_query_is_a_store_error(path):
    with closing(Database(path, [FIRST])) as database, pytest.raises(StoreError):
        database.rows("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.ProgrammingError):
        database._connection.execute("SELECT 1")


def test_a_closed_file_is_a_store_error_too(path):
    database = Database(path, [FIRST])
    database.close()

    with pytest.raises(StoreError):
        words(database)
    with pytest.raises(StoreError), database.transaction() as connection:
        connection.execute("INSERT INTO word VALUES ('late')")
