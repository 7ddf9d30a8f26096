# @needs yaml
puts 'one'

# Output:
# one
