"""Opening: what is no record is left alone, and every failure says what to do next."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from store_making import article, event, told

from sijill.errors import RecordError, UsageError
from sijill.store import schema
from sijill.store.opening import MIGRATIONS, open_store
from sijill.store.record_store import Store
from sijill.store.verify import verify


def fill(target: str | Path, count: int = 20) -> None:
    with open_store(target) as store, store.batch():
        store.add_documents([article(number) for number in range(count)])
        store.add_testimonies([one for number in range(count) for one in told(number)])
        store.put_events([event(f"e{n}", told(n)[:1]) for n in range(count)])


def refusal(target: str | Path, **options: Any) -> RecordError:
    with pytest.raises(RecordError) as raised:
        open_store(target, **options)
    assert str(target) in str(raised.value) or "postgres" in str(raised.value)
    return raised.value


def test_migrations_make_the_tables_of_the_program(store: Store) -> None:
    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        extra = ("event_text", "place_boxes", schema.VERSION_TABLE)
        return not (name or "").startswith(extra)

    with store.engine.connect() as connection:
        options = {"include_object": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, schema.metadata) == []


def test_the_program_knows_its_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == schema.HEAD


def test_a_record_opens_again(target: str) -> None:
    fill(target)
    with open_store(target, create=False) as store:
        assert store.count() == 20


def test_a_record_of_an_older_format_gains_what_is_missing(target: str) -> None:
    fill(target)
    with open_store(target) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE waiting")
        connection.exec_driver_sql(f"UPDATE {schema.VERSION_TABLE} SET version_num = 'r0002'")
    assert refusal(target, read_only=True).code == "older"
    with open_store(target) as store:
        assert (store.count(), store.count_awaiting()) == (20, 0)
    with open_store(target, read_only=True) as store:
        assert store.count() == 20


def test_a_record_of_a_newer_program_is_refused(target: str) -> None:
    fill(target)
    with open_store(target) as store, store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {schema.VERSION_TABLE} SET version_num = 'r9000'")
    error = refusal(target)
    assert error.code == "newer"
    assert "Update Sijill" in error.message


def test_nothing_is_made_where_nothing_is_to_be(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    assert refusal(path, create=False).code == "missing"
    assert refusal(path, read_only=True).code == "missing"
    assert not path.exists()
    assert refusal(tmp_path).code == "unreachable"
    assert refusal(tmp_path / "none" / "record.db").code == "unreachable"


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.touch()
    fill(f"sqlite:///{path}")
    with open_store(path, read_only=True) as store:
        assert store.count() == 20


def test_a_strange_path(tmp_path: Path) -> None:
    folder = tmp_path / "50% of #1? سجل"
    folder.mkdir()
    fill(folder / "a b.db")
    assert [one.name for one in folder.iterdir()] == ["a b.db"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and so on", b"{}\n" * 1000])
def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    if content:
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE bookmarks(name)")
        other.close()
    before = path.read_bytes()
    error = refusal(path)
    assert error.code == "foreign"
    assert "Name another file" in error.message
    assert path.read_bytes() == before


def test_another_database_of_postgresql_is_left_as_it_is(postgres_record: str) -> None:
    engine = sa.create_engine(postgres_record)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bookmarks(name text)")
    assert refusal(postgres_record).code == "foreign"
    assert sa.inspect(engine).get_table_names() == ["bookmarks"]
    engine.dispose()


def test_a_server_that_does_not_answer() -> None:
    error = refusal("postgresql+psycopg://me:secret@127.0.0.1:1/none")
    assert error.code == "unreachable"
    assert "secret" not in str(error)


@pytest.mark.parametrize("target", ["mysql://host/name", "oracle+x://h/n", "sqlite://", "://"])
def test_an_address_of_no_record(target: str) -> None:
    with pytest.raises(UsageError, match="write a path or postgresql"):
        open_store(target)


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    fill(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    error = refusal(path)
    assert error.code == "corrupt"
    assert "cut off" in error.message
    assert path.read_bytes() == content[: len(content) // 2]


def test_a_file_with_a_damaged_first_page(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    fill(path)
    content = bytearray(path.read_bytes())
    content[100:2000] = b"\xa5" * 1900
    path.write_bytes(content)
    assert refusal(path).code == "corrupt"
    assert path.read_bytes() == content


def test_reading_only(target: str) -> None:
    fill(target)
    with open_store(target, read_only=True) as store:
        assert store.count() == 20
        with pytest.raises(RecordError) as raised:
            store.add_document(article(99))
        assert raised.value.code == "read-only"
        with pytest.raises(RecordError) as raised, store._transaction(writes=True) as connection:
            connection.execute(schema.keys.insert(), {"key": "x", "testimony": 1})
        assert raised.value.code == "read-only"


def test_a_file_in_a_folder_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "record.db")
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_store(tmp_path / "record.db", read_only=True) as store:
        assert store.count() == 20
        assert [one.name for one in tmp_path.iterdir()] == ["record.db"]


def test_a_record_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    target = tmp_path / "record.db"
    fill(target)
    with open_store(target, create=False) as store:
        before = [msgspec.structs.replace(one, stated_outlet=None) for one in store.documents()]
    with sqlite3.connect(target) as connection:
        connection.execute("DROP TABLE waiting")
        connection.execute("DROP TABLE marks")
        connection.execute("DROP INDEX documents_by_program")
        connection.execute("ALTER TABLE documents DROP COLUMN stated_outlet")
        connection.execute(f"UPDATE {schema.VERSION_TABLE} SET version_num = 'r0001'")
    connection.close()
    assert refusal(target, read_only=True).code == "older"
    with open_store(target, create=False) as store:
        assert list(store.documents()) == before and store.mark("bands") == ""
        store.set_mark("bands", "1")
        store.set_mark("bands", "2")
        assert store.mark("bands") == "2" and list(verify(store)) == []
