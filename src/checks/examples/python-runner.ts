import { pythonSubject } from "./python-subject";

/**
 * The program that runs a Python file's examples. It prints a line for each case as soon as it is
 * known. The examples come from the file as it was before the edit, so that an edit cannot change
 * what it is measured by.
 */
export const pythonRunner = `${pythonSubject}
import ast
import doctest

names = {}


def case(code, state, expected=None, got=None):
    name = " ".join(code.split())
    names[name] = names.get(name, 0) + 1
    if names[name] > 1:
        name += " (%d)" % names[name]
    tell("case", name=name, state=state, expected=expected, got=got)


def run(code, mode, scope):
    """What it prints, and how it failed."""
    printed = io.StringIO()
    try:
        compiled = compile(code, "<example>", mode, dont_inherit=True)
        with limited(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            exec(compiled, scope)
        return printed.getvalue(), None
    except TooLong:
        return printed.getvalue(), "no end within %g s" % request["caseSeconds"]
    except (Exception, SystemExit) as error:
        return printed.getvalue(), error


def run_prompts(text, scope):
    checker = doctest.OutputChecker()
    for example in doctest.DocTestParser().get_examples(text):
        if example.options.get(doctest.SKIP):
            continue
        flags = 0
        for flag, on in example.options.items():
            flags = flags | flag if on else flags & ~flag
        sys.displayhook = sys.__displayhook__
        printed, error = run(example.source, "single", scope)
        source = example.source.strip()
        wanted = example.want.strip()
        if example.exc_msg is not None:
            told = words(error) + "\\n" if isinstance(error, BaseException) else str(error or "no error")
            right = isinstance(error, BaseException) and (
                checker.check_output(example.exc_msg, told, flags)
                or flags & doctest.IGNORE_EXCEPTION_DETAIL
                and told.split(":")[0].split(".")[-1] == example.exc_msg.split(":")[0].split(".")[-1].strip())
            case(source, "passed" if right else "failed", example.exc_msg.strip(), told.strip())
        elif error is not None:
            if wanted == "":
                continue
            if isinstance(error, BaseException):
                broken = own(error) or lacks_module(error)
                case(source, "broken" if broken else "failed", wanted, words(error))
            else:
                case(source, "failed", wanted, error)
        elif wanted != "":
            right = checker.check_output(example.want, printed, flags)
            case(source, "passed" if right else "failed", wanted, printed.strip() or "nothing")


def literal(text):
    if text in ("set()", "frozenset()"):
        return set()
    return ast.literal_eval(text)


def same(value, expected, text):
    if value == expected and isinstance(value, bool) == isinstance(expected, bool):
        return True
    digits = text.partition(".")[2]
    if isinstance(expected, float) and isinstance(value, float) and digits.isdigit():
        return round(value, len(digits)) == expected
    return False


def run_claim(call, text, scope):
    try:
        expected = literal(text)
        if not any(isinstance(node, ast.Call) for node in ast.walk(ast.parse(call, mode="eval"))):
            return
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return
    _, error = run("_the_value = (" + call + "\\n)", "exec", scope)
    if error is None:
        value = scope["_the_value"]
        try:
            right = same(value, expected, text)
            got = repr(value)
        except Exception as failure:
            right, got = False, words(failure)
        case(call, "passed" if right else "failed", text, got)
    elif isinstance(error, BaseException):
        if not own(error):
            case(call, "broken" if lacks_module(error) else "failed", text, words(error))
    else:
        case(call, "failed", text, error)


def text_of(session):
    return session["text"] if session["literal"] is None else ast.literal_eval(session["literal"])


def unloaded(state, got):
    """The file itself does not load: that is what each of its examples comes to."""
    tell("unloaded", got=got)
    for session in request["sessions"]:
        if session["kind"] == "claims":
            for claim in session["claims"]:
                case(claim["call"], state, claim["value"], got)
            continue
        try:
            for example in doctest.DocTestParser().get_examples(text_of(session)):
                if example.want.strip() != "":
                    case(example.source.strip(), state, example.want.strip(), got)
        except (ValueError, SyntaxError):
            continue


try:
    subject = load()
except TooLong:
    unloaded("failed", "loading the file has no end")
    sys.exit()
except (Exception, SystemExit) as error:
    unloaded("broken" if lacks_module(error) else "failed", words(error))
    sys.exit()
for session in request["sessions"]:
    scope = dict(vars(subject), __name__="__main__")
    if session["kind"] == "prompts":
        try:
            run_prompts(text_of(session), scope)
        except (ValueError, SyntaxError):
            continue
    else:
        for claim in session["claims"]:
            run_claim(claim["call"], claim["value"], scope)
tell("end")
`;
