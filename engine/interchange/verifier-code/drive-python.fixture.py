"""Runs generated modules on requests: `python3 drive-python.fixture.py PLAN.json` prints what they said."""

import base64
import json
import os
import sys
import traceback


class Headers(dict):
    """Names in any case, as web frameworks have them."""

    def get(self, name, default=None):
        return super().get(name.lower(), default)

    def __getitem__(self, name):
        return super().__getitem__(name.lower())


said = []
with open(sys.argv[1], encoding="utf-8") as file:
    jobs = json.load(file)
for job in jobs:
    module = {}
    with open(job["module"], encoding="utf-8") as file:
        exec(compile(file.read(), job["module"], "exec"), module)
    for case in job["cases"]:
        os.environ.update(case["environment"])
        extra = {name: case[name] for name in job["parameters"]}
        body = base64.b64decode(case["bodyBase64"])
        try:
            module["verify"](Headers(case["headers"]), body, case["secrets"], now=case["now"], **extra)
            verdict = "accept"
        except module["Refused"]:
            verdict = "reject"
        except Exception:
            verdict = "broke: " + traceback.format_exc()
        said.append({"id": case["id"], "said": verdict})
print(json.dumps(said))
