"""Runs snippets one after the other, each with its own namespace and modules."""

import json
import os
import shutil
import sys
import tempfile

KNOWN_MODULES = set(sys.modules)

# The current folder of a snippet, in the interpreter's own file system. It is empty before each run.
FOLDER = "/snippet"


class Stream:
    """Reports the text written to it, and the snippet's line that wrote it."""

    encoding = "utf-8"

    def __init__(self, path, wrote):
        self.path = path
        self.wrote = wrote

    def write(self, text):
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != self.path:
            frame = frame.f_back
        self.wrote(text, frame.f_lineno if frame else 0)
        return len(text)

    def writelines(self, lines):
        self.write("".join(lines))

    def flush(self):
        pass

    def isatty(self):
        return False


def run(path, source, environment, wrote, wrote_error):
    """Returns how the snippet ended, as JSON."""
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream(path, wrote), Stream(path, wrote_error)
    os.environ.clear()
    os.environ.update({**json.loads(environment), "TMPDIR": FOLDER})
    tempfile.tempdir = None
    os.makedirs(FOLDER)
    os.chdir(FOLDER)
    try:
        return json.dumps(ending_of(path, source))
    finally:
        sys.stdout, sys.stderr = streams
        os.chdir("/")
        shutil.rmtree(FOLDER)
        for name in set(sys.modules) - KNOWN_MODULES:
            # Keep the standard library loaded: it is slow to load, and not visible without an import.
            if name.partition(".")[0] not in sys.stdlib_module_names:
                del sys.modules[name]


def ending_of(path, source):
    try:
        exec(compile(source, path, "exec"), {"__name__": "__main__", "__file__": path})
    except SystemExit as end:
        return {"kind": "ended", "exitCode": end.code if isinstance(end.code, int) else int(end.code is not None)}
    except BaseException as error:
        return {"kind": "threw", "name": type(error).__name__, "message": message_of(error), "line": line_of(error, path)}
    return {"kind": "ended", "exitCode": 0}


def message_of(error):
    return error.msg if isinstance(error, SyntaxError) else str(error)


def line_of(error, path):
    """The snippet's own innermost line, or the line of a syntax error."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
