echo one

# Output:
# one
