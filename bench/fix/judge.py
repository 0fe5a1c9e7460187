"""Judges one program: reads JSON {code, function, cases: [[arguments, result], ...]} and prints right, wrong or crash."""

import json
import sys


def plain(value):
    """The value as JSON text, with 4.0 and 4 alike: the cases come through JavaScript, which knows one kind of number."""
    return json.dumps(json.loads(json.dumps(value), parse_float=lambda text: int(float(text)) if float(text).is_integer() else float(text)))


task = json.load(sys.stdin)
namespace = {"__name__": "program"}
try:
    exec(task["code"], namespace)
    for arguments, expected in task["cases"]:
        result = namespace[task["function"]](*json.loads(json.dumps(arguments)))
        if plain(result) != plain(expected):
            print("wrong")
            sys.exit()
    print("right")
except Exception:
    print("crash")
