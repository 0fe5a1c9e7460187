/**
 * The beginning of a program that runs calls of a Python file, with the project's own Python, 3.8
 * or newer. It reads a request as JSON from the file that its argument names, and prints each thing
 * that it has to tell as a line: the request's mark, then JSON.
 */
export const pythonSubject = `
import contextlib
import importlib
import importlib.util
import io
import json
import os
import signal
import sys
import traceback

with open(sys.argv[1], encoding="utf-8") as file:
    request = json.load(file)
mark = request["mark"]
screen = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\\n")
sys.path[0] = request["folder"]
sys.path[1:1] = request["roots"]


class TooLong(BaseException):
    pass


def too_long(*_):
    raise TooLong()


has_alarm = hasattr(signal, "setitimer")
if has_alarm:
    signal.signal(signal.SIGALRM, too_long)


@contextlib.contextmanager
def limited():
    if has_alarm:
        signal.setitimer(signal.ITIMER_REAL, request["caseSeconds"])
    try:
        yield
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)


def tell(kind, **facts):
    screen.write("\\n" + mark + json.dumps({"kind": kind, **facts}) + "\\n")
    screen.flush()


def words(error):
    return "".join(traceback.format_exception_only(type(error), error)).strip()


def own(error):
    """Whether the example itself, not the code that it is about, lacks a name."""
    frames = traceback.extract_tb(error.__traceback__)
    return isinstance(error, NameError) and bool(frames) and frames[-1].filename == "<example>"


def lacks_module(error):
    return isinstance(error, ModuleNotFoundError)


def load():
    with limited(), contextlib.redirect_stdout(io.StringIO()):
        if request["module"] is not None:
            return importlib.import_module(request["module"])
        spec = importlib.util.spec_from_file_location("example_subject", request["file"])
        module = importlib.util.module_from_spec(spec)
        sys.modules["example_subject"] = module
        spec.loader.exec_module(module)
        return module
`;
