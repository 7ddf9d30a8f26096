import dataclasses
import enum
import json
import os

import workos


def shown(value):
    if dataclasses.is_dataclass(value):
        return {"is": type(value).__name__, **{each.name: shown(getattr(value, each.name)) for each in dataclasses.fields(value)}}
    return str(value) if isinstance(value, enum.Enum) else value


def failed(error):
    return {
        "raised": [each.__name__ for each in type(error).__mro__ if each.__module__ == "workos"],
        "message": error.message,
        "text": str(error),
        "code": error.code,
        "status": error.response.status_code,
        "request_id": error.request_id,
        "data": error.response_json,
        "email_verification_id": getattr(error, "email_verification_id", None),
    }


def run(step):
    try:
        client = workos.WorkOSClient(**step["client"])
        receiver = client.user_management
        if "session" in step:
            receiver = receiver.load_sealed_session(**step["session"])
        return [shown(getattr(receiver, method)(**given)) for method, given in step["calls"]]
    except workos.BaseRequestException as error:
        return failed(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for step in json.loads(os.environ["PLAN_PYTHON"]):
    print(json.dumps([run(step)]))
