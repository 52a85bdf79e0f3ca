"""Rows from files and from memory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import Chatflow, ConfigurationError
from dify_chatflow.batch import Row
from dify_chatflow.batch.source import read_rows
from tests.batch.conftest import Write


def read(source: Any, app: Chatflow | None = None) -> list[Row]:
    form = app.application.input_form() if app else None
    return [row for _, row in read_rows(source, "u", form)]


def test_csv_columns_become_fields_and_inputs(write: Write, app: Chatflow, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    text = (
        "\ufeffquery,id,user,files,name,n,doc\r\n"
        'hello,x,eva,a.png; https://example.org/b.pdf,Eva,3,\r\n"two\r\nlines",,,,,,a.png\r\n'
    )
    first, second = read(write("rows.csv", text), app)
    assert (first.number, first.id, first.query, first.user) == (1, "x", "hello", "eva")
    assert first.files == [str(tmp_path / "a.png"), "https://example.org/b.pdf"]
    assert first.inputs == {"name": "Eva", "n": "3"}
    assert (second.number, second.id, second.query, second.user) == (2, "2", "two\r\nlines", "u")
    assert (second.files, second.inputs) == ([], {"doc": {"$upload": str(tmp_path / "a.png")}})


def test_json_lines_hold_objects_or_queries(write: Write, app: Chatflow) -> None:
    path = write(
        "rows.jsonl", '\ufeff"hello"\n\n{"query": "two", "inputs": {"n": 3}, "conversation_id": "c", "id": 7}\n'
    )
    first, second = read(path, app)
    assert (first.query, first.number) == ("hello", 1)
    assert (second.inputs, second.conversation_id, second.id, second.number) == ({"n": 3}, "c", "7", 2)


def test_rows_in_memory(app: Chatflow) -> None:
    rows = read(iter(["hello", {"query": "two", "inputs": {"doc": "https://example.org/b.pdf"}}]), app)
    assert [row.query for row in rows] == ["hello", "two"]
    assert rows[1].inputs["doc"]["transfer_method"] == "remote_url"


BAD = [
    ("a.jsonl", '"fine"\n{"query": 3}', "a.jsonl:2: query must be text; got"),
    ("a.jsonl", "\n{}", "a.jsonl:2: the query is missing or empty"),
    ("a.jsonl", "[1]", "a.jsonl:1: a row must be an object of fields, or a text; got [1]"),
    ("a.jsonl", "null", "a.jsonl:1: a row must be an object"),
    ("a.jsonl", '{"query": "x"', "a.jsonl:1: the line is not JSON"),
    ("a.jsonl", '"\udcff"', "a.jsonl:1: the line is not UTF-8"),
    ("a.jsonl", '{"query": "x", "users": 1}', "a.jsonl:1: unknown field 'users'; did you mean 'user'?"),
    ("a.jsonl", '{"query": "x", "zzz": 1}', "a.jsonl:1: unknown field 'zzz'; the fields are id, query,"),
    ("a.jsonl", '{"query": "x", "files": "a.png"}', "a.jsonl:1: files must be a list of paths and URLs; got 'a.png'"),
    ("a.jsonl", '{"query": "x", "files": [3]}', "a.jsonl:1: a file must be a path or a URL; got 3"),
    ("a.jsonl", '{"query": "x", "files": ["no.png"]}', "a.jsonl:1: no such file: "),
    ("a.jsonl", '{"query": "x", "inputs": {"doc": "no.png"}}', "a.jsonl:1: no such file: "),
    ("a.jsonl", '{"query": "x", "inputs": [1]}', "a.jsonl:1: inputs must be a mapping"),
    ("a.jsonl", '{"query": "x", "inputs": {"names": 1}}', "a.jsonl:1: inputs['names'] is no variable of the app"),
    ("a.jsonl", '{"query": "x", "user": {}}', "a.jsonl:1: user must be text"),
    ("a.csv", "query,n\nx,\n\ny,many\n", "a.csv:4: inputs['n'] must be a number; got 'many'"),
    ("a.csv", "query,n\nx\n", "a.csv:2: the row has 1 cells, but the header has 2"),
    ("a.csv", 'query\n"x\n', "a.csv:2: the line is not CSV"),
    ("a.csv", "query\n\udcff\n", "the file is not UTF-8"),
    ("a.csv", "question\nx\n", "a.csv:1: the header must name the column 'query'"),
    ("a.csv", "query,query\nx,y\n", "a.csv:1: the header must name the column 'query' and each input once"),
    ("a.csv", "", "a.csv:1: the header must name the column 'query'"),
    ("a.txt", "x", "unknown kind of input: 'a.txt'; pass a .jsonl or .csv file"),
]


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_bad_row_is_named(write: Write, app: Chatflow, name: str, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        read(write(name, text), app)


def test_row_needs_a_user() -> None:
    with pytest.raises(ConfigurationError, match="row 1: the row has no user"):
        list(read_rows(["hello"], None, None))
