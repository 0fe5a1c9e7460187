import { pythonSubject } from "../examples/python-subject";

/**
 * The program that makes calls of a Python file and prints for each what came of it: its result, in
 * one form for results that are equal, with what it printed and what it made of its arguments.
 */
export const pythonCaller = `${pythonSubject}
import asyncio
import hashlib
import inspect
import itertools
import re
import time

most_items = 1000
most_depth = 20
most_characters = 300


def items(values, depth):
    return ", ".join([told(each, depth) for each in itertools.islice(values, most_items)])


def sorted_items(values, depth):
    return ", ".join(sorted([told(each, depth) for each in values]))


def entries(value, depth):
    return ", ".join(sorted([told(key, depth) + ": " + told(each, depth) for key, each in value.items()]))


def told(value, depth=0):
    """Its text; the same for what is equal, and from one process to the next."""
    if depth > most_depth:
        return "..."
    depth += 1
    kind = type(value)
    if kind is float:
        return repr(float("%.12g" % value) + 0.0)
    if kind is int and value.bit_length() > 4000:
        return hex(value)
    if kind is list:
        return "[" + items(value, depth) + "]"
    if kind is tuple:
        return "(" + items(value, depth) + ("," if len(value) == 1 else "") + ")"
    if kind is dict:
        return "{" + entries(value, depth) + "}"
    if kind in (set, frozenset) and value:
        return kind.__name__ + "(" + sorted_items(value, depth) + ")"
    if isinstance(value, dict):
        return kind.__name__ + "(" + entries(value, depth) + ")"
    if hasattr(value, "__next__"):
        return "iterator of [" + items(value, depth) + "]"
    if kind.__repr__ is object.__repr__ and hasattr(value, "__dict__"):
        return "<" + kind.__name__ + " " + entries(vars(value), depth) + ">"
    # Where it is in memory is no part of it.
    return re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value)).replace("example_subject.", "")


def short(text):
    if len(text) <= most_characters:
        return text
    rest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return text[:most_characters] + "... (%d characters, %s)" % (len(text), rest)


def made(call, scope):
    """What is called, and its arguments."""
    code = "callee = (%s\\n)\\ngiven = (lambda *values, **named: (values, named))(%s\\n)"
    found = {}
    exec(compile(code % (call["callee"], call["arguments"]), "<example>", "exec"), scope, found)
    return found["callee"], *found["given"]


def come(value):
    return asyncio.run(value) if inspect.iscoroutine(value) else value


def make(index, call, scope):
    printed = io.StringIO()
    began = time.perf_counter()
    try:
        with limited(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            try:
                callee, values, named = made(call, scope)
            except (Exception, SystemExit):
                return tell("called", index=index, state="broken")
            before = told((values, named))
            try:
                got, state = told(come(callee(*values, **named))), "passed"
            except (Exception, SystemExit) as error:
                got, state = type(error).__name__, "failed"
            after = told((values, named))
    except TooLong:
        return tell("called", index=index, state="failed", got=None)
    # Near its limit a call ends at one time and has no end at another.
    if time.perf_counter() - began > request["caseSeconds"] / 2:
        return tell("called", index=index, state="broken")
    facts = {"printed": short(repr(printed.getvalue()))} if printed.getvalue() else {}
    if after != before:
        facts["arguments"] = short(items(values, 0))
    tell("called", index=index, state=state, got=short(got), **facts)


def unloaded(error):
    tell("unloaded", got=error)
    screen.flush()
    os._exit(0)


try:
    subject = load()
except TooLong:
    unloaded("loading the file has no end")
except (Exception, SystemExit) as error:
    unloaded(words(error))
scope = dict(vars(subject), __name__="__main__")
started = time.monotonic()
for index, call in enumerate(request["calls"]):
    if time.monotonic() - started > request["seconds"]:
        break
    make(index, call, scope)
tell("end")
# What it left running would be waited for.
os._exit(0)
`;
