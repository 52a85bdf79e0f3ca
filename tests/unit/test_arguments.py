"""The gate for arguments: what is sent for each kind of value, and the exact limits of what is refused."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from dify_chatflow import ConfigurationError
from dify_chatflow._arguments import clean, clean_request, json_object, query_text, to_json
from dify_chatflow_client.models import ChatRequest, FileInput
from dify_chatflow_client.types import File, MappingModel

UUID = uuid.UUID("5a1c8e0e-0d57-4b5c-9d59-7d0ed0ab2f0c")
SMILE = "\N{GRINNING FACE}"


class Color(Enum):
    """Values of a select input."""

    RED = "red"
    BLANK = " "


class Level(IntEnum):
    """Numbers with names."""

    HIGH = 3


class Name(StrEnum):
    """Texts with names, which are text themselves."""

    ADA = "ada"


# Text, too, but its own text is its name.
Mixed = Enum("Mixed", {"BOB": "bob"}, type=str)


def refusal(value: Any, name: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        clean(value, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("run-1", "run-1"),
        (" . ", None),
        ("..", None),
        (".", None),
        ("", None),
        ("\n", None),
        ("...", "..."),
        (7, "7"),
        (0, "0"),
        (UUID, str(UUID)),
        (Name.ADA, "ada"),
        (Mixed.BOB, "bob"),
        (Level.HIGH, "3"),
        (Color.RED, None),
        (True, None),
        (1.5, None),
        (None, None),
        (b"run-1", None),
        ("a\ud83d", None),
        (SimpleNamespace(id="run-1"), "run-1"),
        (SimpleNamespace(id=UUID), str(UUID)),
        (SimpleNamespace(id=7), None),
        (SimpleNamespace(id=""), None),
        (SimpleNamespace(id="log", run_id="run-1"), "run-1"),
        (SimpleNamespace(id="run-1", run_id=None), None),
        (SimpleNamespace(id="log", run=SimpleNamespace(id="run-1")), "run-1"),
        (SimpleNamespace(run=SimpleNamespace(name="x")), None),
        (SimpleNamespace, None),
    ],
)
def test_id_is_sent_as_text_or_refused(value: Any, expected: str | None) -> None:
    if expected is None:
        assert refusal(value, "run_id").startswith("run_id ")
    else:
        assert clean(value, "run_id") == expected


def test_class_with_an_id_is_refused() -> None:
    assert "run_id must be an id" in refusal(type("Model", (), {"id": "run-1"}), "run_id")
    assert refusal(1.5, "run_id") == "run_id must be an id; got float 1.5; pass the id as text"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ada", "ada"),
        (7, "7"),
        (UUID, str(UUID)),
        (Name.ADA, "ada"),
        (Mixed.BOB, "bob"),
        (Level.HIGH, "3"),
        ("", ""),
        (" ", " "),
    ],
)
def test_user_is_sent_as_text(value: Any, expected: str) -> None:
    assert clean(value, "user") == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, "user must be text; got True; pass a stable id of the end user"),
        (1.5, "user must be text; got float 1.5; pass a stable id of the end user"),
        (None, "user must be text; got None; pass a stable id of the end user"),
        (b"ada", "user must be text; got a value of type bytes; pass a stable id of the end user"),
        ("a\ud83d", "user holds a lone surrogate, which cannot be sent: 'a\\ud83d'; decode the text correctly"),
    ],
)
def test_other_user_is_refused(value: Any, message: str) -> None:
    assert refusal(value, "user") == message


def test_long_text_is_shortened_in_the_message() -> None:
    assert refusal("z" * 500 + "\ud83d", "user").count("z") == 60


def test_files_pass() -> None:
    file = File(BytesIO(b"x"))
    assert clean(file, "file") is file


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        ("text", "text"),
        ("\ud83d\ude00", SMILE),
        ("a\ud83d", "a\N{REPLACEMENT CHARACTER}"),
        (3, 3),
        (1.5, 1.5),
        (-(2**2047), -(2**2047)),
        (2**2048 - 1, 2**2048 - 1),
        (Decimal("1.25"), 1.25),
        (Decimal("1E+3"), 1000),
        (Decimal("9E+99"), 9 * 10**99),
        (Decimal("1E+100"), 1e100),
        (Decimal("0.1"), 0.1),
        (UUID, str(UUID)),
        (dt.date(2026, 1, 31), "2026-01-31"),
        (dt.time(12, 30), "12:30:00"),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), "2026-01-31T12:00:00+00:00"),
        (Color.RED, "red"),
        (Level.HIGH, 3),
        ((1, [Color.RED]), [1, ["red"]]),
        ({Color.RED: UUID}, {"red": str(UUID)}),
        (
            FileInput(type_="image", transfer_method="remote_url", url="u"),
            {"type": "image", "transfer_method": "remote_url", "url": "u"},
        ),
        (MappingModel({"a": 1}), {"a": 1}),
    ],
)
def test_value_is_sent_as_json(value: Any, expected: Any) -> None:
    sent = to_json(value, "value")
    assert (type(sent), sent) == (type(expected), expected)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2**2048, "v is an integer of too many digits; pass it as text"),
        (float("nan"), "v is nan, which JSON cannot hold; pass None or a number"),
        (float("-inf"), "v is -inf, which JSON cannot hold; pass None or a number"),
        (Decimal("Infinity"), "v is Infinity, which JSON cannot hold; pass None or a number"),
        (Decimal("NaN"), "v is NaN, which JSON cannot hold; pass None or a number"),
        (
            Decimal("0.12345678901234567890"),
            "v is a Decimal with more digits than a JSON number keeps; pass it as text",
        ),
        (Decimal("1E+400"), "v is a Decimal with more digits than a JSON number keeps; pass it as text"),
        (
            b"x",
            "v cannot be sent as JSON: it is a value of type bytes; upload files with files.upload and pass the result",
        ),
        ({1}, "v cannot be sent as JSON: it is a value of type set; convert it first"),
        (1j, "v cannot be sent as JSON: it is a value of type complex; convert it first"),
        ({"a": [0, {"b": {1}}]}, "v['a'][1]['b'] cannot be sent as JSON: it is a value of type set; convert it first"),
        ({3: 1}, "v has a key that is not text: int 3"),
        ({True: 1}, "v has a key that is not text: True"),
        ({2**2048: 1}, "v has a key that is not text: an integer of too many digits"),
        ({2**2048 - 1: 1}, f"v has a key that is not text: int {2**2048 - 1}"),
        ({"a": {None: 1}}, "v['a'] has a key that is not text: None"),
        (
            {"k\ud83d": 1},
            "a key of v holds a lone surrogate, which cannot be sent: 'k\\ud83d'; decode the text correctly",
        ),
    ],
)
def test_other_value_is_refused_with_its_place(value: Any, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        to_json(value, "v")
    assert str(caught.value) == message


def in_list(value: Any) -> list[Any]:
    return [value]


def in_object(value: Any) -> dict[str, Any]:
    return {"a": value}


def nested(levels: int, container: Any) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = container(value)
    return value


@pytest.mark.parametrize("container", [in_list, in_object], ids=["lists", "objects"])
def test_nesting_has_a_limit(container: Any) -> None:
    assert to_json(nested(100, container), "inputs") == nested(100, container)
    with pytest.raises(ConfigurationError, match="is nested deeper than 100 levels, or holds itself") as caught:
        to_json(nested(101, container), "inputs")
    assert str(caught.value).startswith("inputs[")
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("value", [{"files": [1, {"x": 1}]}, {"files": (1, {"x": 1})}])
def test_conversion_reaches_every_value(value: Any) -> None:
    def convert(item: Any) -> Any:
        return "one" if item == 1 else item

    assert json_object(value, "inputs", convert) == {"files": ["one", {"x": "one"}]}
    assert json_object(value, "inputs") == {"files": [1, {"x": 1}]}


@pytest.mark.parametrize(
    ("value", "kind"), [("text", "a value of type str"), ([("a", 1)], "a value of type list"), (5, "int 5")]
)
def test_only_mappings_become_objects(value: Any, kind: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^inputs must be a mapping of names to values; got {kind}; pass "):
        json_object(value, "inputs")
    assert json_object(None, "inputs") == {}


def test_refused_value_in_object_has_its_place() -> None:
    with pytest.raises(ConfigurationError, match=r"^inputs\['photo'\] cannot be sent as JSON"):
        json_object({"photo": b"x"}, "inputs")


def test_query_is_text() -> None:
    assert query_text("\ud83d\ude00") == SMILE
    assert query_text("") == ""
    with pytest.raises(ConfigurationError, match="query must be text; got int 5"):
        query_text(5)


def test_path_and_body_are_cleaned() -> None:
    body = ChatRequest(query="Hi", inputs=MappingModel({"when": dt.date(2026, 1, 31)}), user="ada")  # type: ignore[arg-type]
    body["custom"] = "kept"
    path, rest = clean_request(("run_id", "unused"), (UUID,), {"limit": Level.HIGH, "body": body, "user": 7})
    assert path == (str(UUID),)
    assert (rest["limit"], rest["user"]) == (3, "7")
    sent = rest["body"].to_dict()
    assert (sent["inputs"], sent["user"], sent["custom"]) == ({"when": "2026-01-31"}, "ada", "kept")
    assert isinstance(body.inputs["when"], dt.date)
    body["custom"] = float("nan")
    with pytest.raises(ConfigurationError, match=r"^additional_properties\['custom'\]"):
        clean_request((), (), {"body": body})


@pytest.mark.parametrize(
    ("args", "kwargs", "name"),
    [
        (("",), {}, "run_id"),
        ((), {"user": None}, "user"),
        ((), {"first_id": ""}, "first_id"),
        ((), {"limit": {1}}, "limit"),
    ],
)
def test_refused_argument_is_named(args: tuple[Any, ...], kwargs: dict[str, Any], name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name} "):
        clean_request(("run_id",), args, kwargs)


def test_refused_field_of_a_body_is_named() -> None:
    body = ChatRequest(query="Hi", inputs=MappingModel({}), user=None)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=r"^user must be text"):
        clean_request((), (), {"body": body})


def test_other_bodies_pass() -> None:
    assert clean_request((), (), {"body": [1]})[1]["body"] == [1]
