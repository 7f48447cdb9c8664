"""Calls generated handlers: `python3 drive-handlers.fixture.py PLAN.json` prints the statuses."""

import base64
import json
import os
import sys
import time


def flask_caller(module):
    client = module["app"].test_client()

    def call(case, path):
        answer = client.open(
            path, method=case["method"], headers=case["headers"], data=case["body"]
        )
        return answer.status_code

    return call


def fastapi_caller(module):
    import asyncio

    def call(case, path):
        sent = []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": case["method"],
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(n.encode("latin-1"), v.encode("latin-1")) for n, v in case["headers"].items()],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }

        async def receive():
            return {"type": "http.request", "body": case["body"], "more_body": False}

        async def send(message):
            sent.append(message)

        asyncio.run(module["app"](scope, receive, send))
        return sent[0]["status"]

    return call


def django_caller(module):
    from django.test import RequestFactory

    def call(case, path):
        headers = {"HTTP_" + n.upper().replace("-", "_"): v for n, v in case["headers"].items()}
        made = RequestFactory().generic(case["method"], path, case["body"], **headers)
        return module["webhook"](made).status_code

    return call


framework = sys.argv[2]
if framework == "django":
    from django.conf import settings

    settings.configure(ALLOWED_HOSTS=["*"])
callers = {"flask": flask_caller, "fastapi": fastapi_caller, "django": django_caller}
said = []
with open(sys.argv[1], encoding="utf-8") as file:
    jobs = json.load(file)
for job in jobs:
    os.environ.update(job["environment"])
    module = {"__name__": "generated"}
    with open(job["module"], encoding="utf-8") as file:
        exec(compile(file.read(), job["module"], "exec"), module)
    call = callers[framework](module)
    for case in job["cases"]:
        os.environ.update(case["environment"])
        case["body"] = base64.b64decode(case["bodyBase64"])
        time.time = lambda now=case["now"]: now
        said.append({"id": case["id"], "status": call(case, job["route"])})
print(json.dumps(said))
