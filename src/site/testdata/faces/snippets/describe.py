import dataclasses
import inspect
import json
import os

import workos


def parameters(function):
    named = inspect.signature(function).parameters.values()
    return {each.name: each.default is not inspect.Parameter.empty for each in named if each.name != "self"}


def returned(result):
    return [each.name for each in dataclasses.fields(result) if getattr(result, each.name) is not None]


client = workos.WorkOSClient(api_key=os.environ["WORKOS_API_KEY"], client_id=os.environ["WORKOS_CLIENT_ID"])
session = client.user_management.load_sealed_session(
    sealed_session=os.environ["WORKOS_SEALED_SESSION"], cookie_password=os.environ["WORKOS_COOKIE_PASSWORD"]
)
classes = [workos.UserManagement, workos.Session]
methods = {
    name: parameters(function)
    for each in classes
    for name, function in inspect.getmembers(each, inspect.isfunction)
    if not name.startswith("_")
}
fields = {
    "authenticate": [each.name for each in dataclasses.fields(workos.AuthenticateResult)],
    "refresh": [each.name for each in dataclasses.fields(workos.RefreshResult)],
    "authenticate_with_code": [each.name for each in dataclasses.fields(workos.AuthenticationResponse)],
    "user": [each.name for each in dataclasses.fields(workos.User)],
    "impersonator": [each.name for each in dataclasses.fields(workos.Impersonator)],
    "load_sealed_session": [name for name, _ in inspect.getmembers(workos.Session, inspect.isfunction) if not name.startswith("_")],
}
authenticated = session.authenticate()
runs = {"authenticate": returned(authenticated), "user": returned(authenticated.user), "refresh": returned(session.refresh())}
typed = {
    "authenticate": workos.AuthenticateResult,
    "refresh": workos.RefreshResult,
    "authenticate_with_code": workos.AuthenticationResponse,
    "user": workos.User,
    "impersonator": workos.Impersonator,
}
types = {id: {each.name: each.type for each in dataclasses.fields(kind)} for id, kind in typed.items()}
for each in classes:
    for name, function in inspect.getmembers(each, inspect.isfunction):
        if not name.startswith("_"):
            types[f"{name}()"] = {key: value for key, value in inspect.get_annotations(function).items() if key != "return"}
print(json.dumps({"methods": methods, "fields": fields, "runs": runs, "types": types}))
