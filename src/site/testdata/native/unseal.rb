# Opens the seals on standard input with the snippet under test; prints the results.

load ARGV.fetch(0)

def outcome(seal, password)
  { payload: Seal.open(seal, password) }
rescue InvalidSession => e
  { reason: e.message }
end

puts JSON.generate(JSON.parse($stdin.read).map { |seal, password| outcome(seal, password) })
