"""What a request passes through before and after its view, found once for each group of views."""

from collections.abc import Callable
from itertools import chain
from typing import Any, TypeAlias, cast

from flask import Flask, Response

from app.web.asked import asked, context

Before: TypeAlias = Callable[[], Any]
After: TypeAlias = Callable[[Response], Response]


class Passing(Flask):
    """Flask looks for the functions of all groups anew, by proxies, three times a request; none is added meanwhile."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._passed: dict[str, tuple[list[Before], list[After]]] = {}

    def preprocess_request(self) -> Any:
        """As Flask's; addresses here are taken apart by their views."""
        for each in self._functions()[0]:
            answer = each()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """As Flask's."""
        here = context()
        own = cast("list[After]", here._after_request_functions)  # noqa: SLF001  as Flask itself
        for each in chain(own, self._functions()[1]):
            response = each(response)
        if not self.session_interface.is_null_session(here.session):
            self.session_interface.save_session(self, here.session, response)
        return response

    def _functions(self) -> tuple[list[Before], list[After]]:
        group = (asked().endpoint or "").rpartition(".")[0]
        found = self._passed.get(group)
        if found is None:
            names = (*asked().blueprints, None)
            before = [each for name in reversed(names) for each in self.before_request_funcs.get(name, ())]
            after = [each for name in names for each in reversed(self.after_request_funcs.get(name, ()))]
            found = self._passed[group] = before, after
        return found
