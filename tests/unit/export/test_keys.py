"""Keys of studies."""

import hashlib
import hmac
import os
import stat

import pytest

from radassist.domain.errors import StoreError
from radassist.export.keys import PlainKeys, SaltedKeys, user_salt

UID = "1.2.840.113619.2.5.1"


def test_a_key_is_the_start_of_the_hmac_of_the_uid():
    expected = hmac.new(b"salt", UID.encode(), hashlib.sha256).hexdigest()[:16]

    assert SaltedKeys(b"salt").key(UID) == expected


def test_another_salt_gives_another_key():
    assert SaltedKeys(b"one").key(UID) != SaltedKeys(b"two").key(UID)


@pytest.mark.parametrize("keys", [SaltedKeys(b"salt"), PlainKeys()])
def test_no_uid_gives_no_key(keys):
    assert keys.key("") == ""


def test_a_uid_of_undecodable_bytes_still_has_a_key():
    assert len(SaltedKeys(b"salt").key("1.2.\udcff")) == 16


def test_plain_keys_are_the_uids():
    assert PlainKeys().key(UID) == UID


def test_the_salt_is_made_once_and_kept(tmp_path):
    first = user_salt(tmp_path / "data")

    assert len(first) == 32
    assert user_salt(tmp_path / "data") == first
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["key-salt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mode")
def test_the_salt_is_for_its_user_only(tmp_path):
    user_salt(tmp_path)

    assert stat.S_IMODE((tmp_path / "key-salt").stat().st_mode) == 0o600


def test_a_salt_that_was_cut_short_is_made_anew(tmp_path):
    (tmp_path / "key-salt").write_bytes(b"short")

    assert len(user_salt(tmp_path)) == 32


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="key-salt cannot be kept"):
        user_salt(tmp_path / "file")
