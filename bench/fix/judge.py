"""Judges one program: reads JSON {code, function, cases: [[arguments, result], ...]} and prints right, wrong or crash."""

import json
import sys

task = json.load(sys.stdin)
namespace = {"__name__": "program"}
try:
    exec(task["code"], namespace)
    for arguments, expected in task["cases"]:
        result = namespace[task["function"]](*json.loads(json.dumps(arguments)))
        if json.dumps(result) != json.dumps(expected):
            print("wrong")
            sys.exit()
    print("right")
except Exception:
    print("crash")
