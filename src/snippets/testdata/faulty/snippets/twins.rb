puts 'two'

# Output:
# two
