"""Reads the documented calls from standard input, and exits 1 if the workos package does not take one of them."""

import inspect
import json
import sys

from workos.session import Session
from workos.user_management import UserManagement

OWNERS = {"user_management": UserManagement, "session": Session}


def problems(call):
    method = getattr(OWNERS.get(call["owner"]), call["method"], None)
    if method is None:
        return ["there is no such method"]
    taken = {name: each for name, each in inspect.signature(method).parameters.items() if name != "self"}
    if any(each.kind is inspect.Parameter.VAR_KEYWORD for each in taken.values()):
        return []
    documented = {parameter["name"]: parameter["optional"] for parameter in call["parameters"]}
    required = [name for name, each in taken.items() if each.default is inspect.Parameter.empty]
    return [
        *(f"it takes no {name}" for name in documented if name not in taken),
        *(f"it requires {name}, which is not documented" for name in required if name not in documented),
        *(f"it requires {name}, which is documented as optional" for name in required if documented.get(name)),
    ]


calls = json.load(sys.stdin)
if not calls:
    sys.exit("Cannot check calls: none are documented")
found = [f"{call['owner']}.{call['method']}: {problem}" for call in calls for problem in problems(call)]
print(*found, f"{len(calls)} calls, {len(found)} {'difference' if len(found) == 1 else 'differences'}", sep="\n")
sys.exit(1 if found else 0)
