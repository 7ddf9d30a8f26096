print(len("faster") - len("fast"))

# Output:
# 2
