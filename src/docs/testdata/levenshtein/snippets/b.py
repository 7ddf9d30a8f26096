import json

print(json.dumps({"edits": len("faster") - len("fast")}, indent=2))

# Output:
# {
#   "edits": 2
# }
