"""The input variables of an app, and the check of their values before a query is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from difflib import get_close_matches
from typing import Any, Self

from dify_chatflow._attachments import plain_inputs
from dify_chatflow._errors import ConfigurationError, ResponseDecodeError
from dify_chatflow._record import Record, record
from dify_chatflow_client.types import is_list, is_object

# The values of a checkbox that servers read.
BOXES = frozenset("true false 1 0 yes no on off".split())  # noqa: SIM905
SHOWN_LENGTH = 40


@record
class InputVariable(Record):
    """An input variable of an app: a field of the form that its web page shows before the first query.

    Attributes:
        name: The key of the value in `inputs`.
        type: `text-input`, `paragraph`, `select`, `number`, `checkbox`, `file`, `file-list`, or a newer type.
        label: The text that the form shows.
        required: True when a query without a value is refused.
        default: The value that the server uses when none is sent; None without one.
        options: The values of a `select`.
        max_length: The largest number of characters, or of files in a `file-list`; None without a limit.
        hidden: True when the app's web page does not show the field.
        allowed_file_types: The types of files (`image`, `document`, `audio`, `video`, `custom`); empty allows all.
        allowed_file_extensions: The extensions of files of the type `custom`.
        allowed_file_upload_methods: `local_file` for uploads, `remote_url` for URLs; empty allows both.
        settings: All settings, as the server sends them.
    """

    name: str
    type: str
    label: str
    required: bool = False
    default: Any = None
    options: list[str] = field(default_factory=list[str])
    max_length: int | None = None
    hidden: bool = False
    allowed_file_types: list[str] = field(default_factory=list[str])
    allowed_file_extensions: list[str] = field(default_factory=list[str])
    allowed_file_upload_methods: list[str] = field(default_factory=list[str])
    settings: dict[str, Any] = field(default_factory=dict[str, Any])

    @classmethod
    def from_settings(cls, kind: str, settings: dict[str, Any]) -> Self:
        """Return the variable with these settings, whose name is a text."""
        limit, label = settings.get("max_length"), settings.get("label")
        return cls(
            name=settings["variable"],
            type=kind,
            label=label if isinstance(label, str) else settings["variable"],
            required=settings.get("required") is True,
            default=settings.get("default"),
            options=texts(settings.get("options")),
            max_length=limit if isinstance(limit, int) and limit > 0 else None,
            hidden=settings.get("hide") is True,
            allowed_file_types=texts(settings.get("allowed_file_types")),
            allowed_file_extensions=texts(settings.get("allowed_file_extensions")),
            allowed_file_upload_methods=texts(settings.get("allowed_file_upload_methods")),
            settings=settings,
        )

    def problem(self, value: Any) -> str | None:
        """Return what is wrong with a JSON value; None for one that servers accept, and for any of a newer type."""
        if value is None or (value == "" and not self.required):
            return "is required: pass a value" if self.required else None
        check = CHECKS.get(self.type)
        return check(self, value) if check else None


@record
class InputForm(Record):
    """The input variables of an app.

    Attributes:
        variables: The variables, in the order of the form.

    Example:
        form = app.application.input_form()
        print([variable.name for variable in form.variables if variable.required])

    """

    variables: list[InputVariable]

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> Self:
        """Return the form of an app's parameters.

        Raises:
            ResponseDecodeError: An entry of the form has no name.

        """
        entries = parameters.get("user_input_form")
        try:
            return cls(variables=[read_variable(entry) for entry in entries or ()])
        except (AttributeError, LookupError, StopIteration, TypeError, ValueError) as error:
            raise ResponseDecodeError(
                "GET /parameters: user_input_form has an entry without a variable, so that the inputs are unknown",
                payload=repr(entries).encode("utf-8", "replace"),
            ) from error

    def problems(self, inputs: Mapping[str, Any] | None) -> dict[str, str]:
        """Return what is wrong with the inputs of a query, by the name of the variable.

        Servers ignore names that the app does not have. Here they count as mistakes.

        Args:
            inputs: The values, as for `chat.send`.

        Returns:
            A sentence without its subject, such as `is required: pass a value`; empty for inputs without a problem.

        Raises:
            ConfigurationError: A value cannot be sent at all.

        Example:
            print(app.application.input_form().problems({"language": "English"}))

        """
        values = plain_inputs(inputs)
        known = [variable.name for variable in self.variables]
        found = {variable.name: variable.problem(values.get(variable.name)) for variable in self.variables}
        for name in values:
            if name not in found:
                nearest = get_close_matches(name, known, 1)
                names = ", ".join(map(repr, known)) or "none"
                advice = f"did you mean {nearest[0]!r}?" if nearest else f"its variables: {names}"
                found[name] = f"is no variable of the app; {advice}"
        return {name: problem for name, problem in found.items() if problem}

    def check(self, inputs: Mapping[str, Any] | None) -> None:
        """Raise an error for inputs that the app does not accept.

        Args:
            inputs: The values, as for `chat.send`.

        Raises:
            ConfigurationError: The message names each variable, and what is wrong with its value.

        Example:
            app.application.input_form().check({})

        """
        if problems := self.problems(inputs):
            raise ConfigurationError("; ".join(f"inputs[{name!r:.60}] {problem}" for name, problem in problems.items()))

    def typed_dict(self, name: str = "Inputs") -> str:
        """Return the Python source of a `TypedDict` for `inputs`, with its imports.

        Args:
            name: The name of the class.

        Returns:
            A module that type checkers accept: a class, or a call of `TypedDict` where a name is no identifier.

        Raises:
            ConfigurationError: The name is no identifier.

        Example:
            print(app.application.input_form().typed_dict())

        """
        from dify_chatflow._typed_dict import annotation, typed_dict_source

        fields = {one.name: annotation(one.type, one.options, required=one.required) for one in self.variables}
        return typed_dict_source(name, fields)


def read_variable(entry: Any) -> InputVariable:
    """Return a variable from `{type: settings}`, or from settings with their own type."""
    kind, settings = (entry["type"], entry) if "variable" in entry else next(iter(entry.items()))
    if not isinstance(kind, str) or not isinstance(settings["variable"], str):
        raise ValueError(settings)
    return InputVariable.from_settings(kind, settings)


def texts(value: Any) -> list[str]:
    """Return the texts of a list; none for another value, such as null."""
    return [item for item in value if isinstance(item, str)] if is_list(value) else []


def text_problem(variable: InputVariable, value: Any) -> str | None:
    """Return what is wrong with the value of a text."""
    if not isinstance(value, str):
        return f"must be text; got {shown(value)}"
    if variable.max_length and len(value) > variable.max_length:
        return f"has {len(value)} characters, but at most {variable.max_length} are allowed: shorten it"
    return None


def select_problem(variable: InputVariable, value: Any) -> str | None:
    """Return what is wrong with the value of a selection."""
    choices = ", ".join(map(repr, variable.options))
    return None if value in variable.options else f"must be one of {choices}; got {shown(value)}"


def number_problem(_: InputVariable, value: Any) -> str | None:
    """Return what is wrong with a number, which servers also read from text."""
    try:
        if isinstance(value, str) and value.strip():
            float(value) if "." in value else int(value)
    except ValueError:
        return f"must be a number; got {shown(value)}"
    return None if isinstance(value, (int, float, str)) else f"must be a number; got {shown(value)}"


def box_problem(_: InputVariable, value: Any) -> str | None:
    """Return what is wrong with the value of a checkbox."""
    return None if str(value).strip().lower() in BOXES else f"must be True or False; got {shown(value)}"


def file_problem(variable: InputVariable, value: Any) -> str | None:
    """Return what is wrong with a file."""
    if not is_object(value):
        return f"must be a file; got {shown(value)}; pass a result of files.upload"
    kind, method = value.get("type"), value.get("transfer_method")
    types, methods = variable.allowed_file_types, variable.allowed_file_upload_methods
    # The extension of a file of the type `custom` is known to the server alone.
    if kind != "custom" and types and kind not in types:
        return f"must be a file of the type {' or '.join(types)}; got {shown(kind)}"
    if methods and method not in methods:
        return f"must be a file with the transfer_method {' or '.join(methods)}; got {shown(method)}"
    return None


def list_problem(variable: InputVariable, value: Any) -> str | None:
    """Return what is wrong with a list of files."""
    if not is_list(value):
        return f"must be a list of files; got {shown(value)}; pass [photo]"
    if variable.max_length and len(value) > variable.max_length:
        return f"has {len(value)} files, but at most {variable.max_length} are allowed: remove some"
    return next((problem for file in value if (problem := file_problem(variable, file))), None)


CHECKS: Mapping[str, Callable[[InputVariable, Any], str | None]] = {
    "text-input": text_problem,
    "paragraph": text_problem,
    "select": select_problem,
    "number": number_problem,
    "checkbox": box_problem,
    "file": file_problem,
    "file-list": list_problem,
}


def shown(value: Any) -> str:
    """Return a value for a message: short, and files by their type alone."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return repr(value) if len(repr(value)) <= SHOWN_LENGTH else f"{repr(value)[:SHOWN_LENGTH]}…"
