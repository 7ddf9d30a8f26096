# @native no_such_library
puts "one"

# Output:
# one
