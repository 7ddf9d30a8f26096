"""Opens the seals on standard input with the snippet under test; prints the results."""

import importlib.util
import json
import sys

# Do not write bytecode files into snippets/.
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("program", sys.argv[1])
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)


def outcome(seal, password):
    try:
        return {"payload": program.unseal(seal, password)}
    except program.InvalidSession as error:
        return {"reason": str(error)}


print(json.dumps([outcome(*given) for given in json.load(sys.stdin)]))
