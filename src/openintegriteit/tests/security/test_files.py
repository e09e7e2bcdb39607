"""What the product writes is for its own user (and group, for a back-up), whatever the folder allows."""

from openintegriteit.tests.installation import Installation


def test_nobody_else_on_the_machine_can_read_the_data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)

    process = Installation(folder).start("check")
    process.communicate()
    written = [file for file in folder.rglob("*") if file.is_file()]

    assert folder / "openintegriteit.db" in written
    assert [str(file) for file in written if file.stat().st_mode & 0o027] == []
