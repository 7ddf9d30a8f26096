/** The scanners, compared with the lexers of Ruby and Python themselves, and with what the shell runs. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainProject } from '../../../options/testdata/plain-project.ts';
import { runSnippets } from '../../run/run-snippets.ts';
import { readSnippets } from '../read.ts';
import { commentLines } from './comment-lines.ts';

const OWN_SNIPPETS = fileURLToPath(new URL('../../../../../snippets', import.meta.url));

const linesOf = (source: string, language: string, mark = language === 'js' ? '//' : '#') => [
  ...commentLines(source, language, mark),
];

describe('in TypeScript', () => {
  it.each<[string, string, number[]]>([
    ['a comment, indented or not', '// a\n  // b\ncall(); // c', [1, 2]],
    ['a template', 'const a = `\n// @no-run x\n// Output:\n`;\n// b', [5]],
    ['a template within a template', 'const a = `${b(`\n// c\n`)}\n// d\n`;\n// e', [6]],
    ['code in a template', 'const a = `${\n// b\nc({ d: {} })}\n// e\n`;', [2]],
    ['a string that goes on', "const a = 'b \\\n// c';\n// d", [3]],
    ['a block comment', '/* a\n// b\n*/\n// c', [1, 4]],
    ['a regular expression with a backtick', 'const a = /`/;\n// b\nconst c = d / e / f;\n// g', [2, 4]],
    ['a regular expression with a quote', "a.replace(/['\"`]/g, '');\n// b", [2]],
    ['a class of slashes', 'const a = /[/*]/;\n// b\n/* c */', [2, 3]],
    ['Windows line ends', 'const a = `\r\n// b\r\n`;\r\n// c\r\n', [4]],
    ['a program that does not parse', 'const = `;\n// a\n', []],
  ])('finds the lines of %s', (_what, source, expected) => {
    expect(linesOf(source, 'js')).toEqual(expected);
  });

  it('finds a marker after any template, and none in it', () => {
    const text = fc.stringMatching(/^[ab{}/*'"#\n]*$/);
    fc.assert(
      fc.property(text, (inside) => {
        const source = `call(\`\n// @no-run a\n${inside}\n\`);\n// b`;
        expect(linesOf(source, 'js')).toEqual([source.split('\n').length]);
      }),
    );
  });
});

const RUBY = [
  '# a\nputs 1 # b\n  # c\n',
  'a = <<~TEXT\n  # no\n  #{1 + 1}\nTEXT\n# yes\n',
  'a = <<-TEXT.lines.map { |line| line }\n# no\n  TEXT\n# yes\n',
  'puts <<~A, <<~B\n# no\nA\n# no\nB\n# yes\n',
  'call(<<~"A B")\n# no\nA B\n# yes\n',
  "puts <<~'RAW'\n# no #{\nRAW\n# yes\n",
  'list = []\nlist << "a"\n# yes\nlist << 1\n# yes\n',
  'class A\n  class << self\n    # yes\n  end\nend\n',
  'a = "\n# no\n#{b = \'}\' # inside\n}\n# no"\n# yes\n',
  "a = 'it''s\n# no\n'\n# yes\n",
  'a = %w[\n# no\n]\n# yes\n',
  'a = %q(\n# no (\n# no )\n)\n# yes\n',
  'a = 7 % 4\n# yes\nb = a %2\n# yes\n',
  'a = /\n# no\n/x\n# yes\n',
  'a = 8 / 2 # yes\n# yes\nb = a / 2\n# yes "\nc = "/"\n# yes\n',
  'puts "a".sub(/"/, %q(b))\n# yes\n',
  '=begin\n# no\n=end\n# yes\n',
  'puts 1\n__END__\n# no\n',
  'a = ?#\n# yes\nb = a ? "x" : "y"\n# yes\nc = x.nil? ? 1 : 2\n# yes\n',
  'a = { if: 1, "b": 2, c: /#/ }\n# yes\n',
  'puts `echo \\`\n# no`\n# yes\n',
  'puts [1, 2].map { |n| "#{n}" }.join("#")\n# yes\n',
  'def empty? = true\n# yes\nputs empty? ? "#" : %[#]\n# yes\n',
];

const PYTHON = [
  '# a\nprint(1)  # b\n  # c\n',
  'a = """\n# no\n"""\n# yes\n',
  "a = '''\n# no\n\"\"\"\n'''\n# yes\n",
  'a = r"\\"\n# yes\n'.replace('r"\\"', 'r"\\\\"'),
  'a = "b \\\n# no"\n# yes\n',
  'a = f"{1:{2}} {{ # no" # yes\n# yes\n',
  'a = f"""{\n# yes\n1}\n# no\n"""\n# yes\n',
  'a = f"{\'#\'}"\n# yes\n',
  'a = f"{b["#"]}"\n# yes\n',
  'a = f"{ {1: 2}[1] !r:>{10}}"\n# yes\n',
  'a = Rb"""\n# no\n"""\n# yes\n',
  'a = "it\'s" + \'"\'\n# yes\n',
  'a = "\\""\n# yes\n',
  'a = rf"""{b}\n# no\n"""\n# yes\n',
  'if True:\n    # yes\n    pass\n',
];

/** What the languages' own lexers say, by running them as snippets are run. */
async function askLexers(): Promise<{
  ruby: number[][];
  python: number[][];
  programs: { rb: string[]; py: string[] };
}> {
  const own = (ending: string) =>
    globSync(`*${ending}`, { cwd: OWN_SNIPPETS }).map((name) => readFileSync(join(OWN_SNIPPETS, name), 'utf8'));
  const programs = { rb: [...RUBY, ...own('.rb')], py: [...PYTHON, ...own('.py')] };
  const root = mkdtempSync(join(tmpdir(), 'lexers-'));
  try {
    mkdirSync(join(root, 'snippets'));
    writeFileSync(
      join(root, 'snippets/lexer.rb'),
      `require 'ripper'
require 'json'
JSON.parse(DATA_TEXT = ${JSON.stringify(JSON.stringify(programs.rb)).replaceAll('#', '\\#')}).each do |text|
  first = Ripper.lex(text).group_by { |token| token[0][0] }.filter_map do |line, tokens|
    token = tokens.reject { |each| each[1] == :on_sp || each[1] == :on_ignored_nl }.first
    line if token && (token[1] == :on_comment || token[1] == :on_embdoc_beg)
  end
  puts JSON.generate(first.sort)
end

# Output:
`,
    );
    writeFileSync(
      join(root, 'snippets/lexer.py'),
      `import io, json, tokenize
for text in json.loads(${JSON.stringify(JSON.stringify(programs.py))}):
    lines = text.split("\\n")
    found = [token.start for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT]
    print(json.dumps([line for line, column in found if lines[line - 1][:column].strip() == ""]))

# Output:
`,
    );
    const project = plainProject(root);
    const { snippets } = await readSnippets(project);
    const { runs } = await runSnippets(snippets, { project, issueEnvironment: async () => ({}) });
    const said = (id: string) => {
      const run = runs.find(({ snippet }) => snippet.id === id);
      expect(run?.ending).toEqual({ kind: 'ended', exitCode: 0 });
      return (run?.output ?? []).map((line) => JSON.parse(line) as number[]);
    };
    return { ruby: said('lexer.rb'), python: said('lexer.py'), programs };
  } finally {
    rmSync(root, { recursive: true });
  }
}

it("finds the comments that Ruby's and Python's own lexers find, in odd programs and in this site's", async () => {
  const { ruby, python, programs } = await askLexers();
  expect(ruby).toHaveLength(programs.rb.length);
  expect(python).toHaveLength(programs.py.length);
  expect(programs.rb.map((source) => [source, linesOf(source, 'ruby')])).toEqual(
    programs.rb.map((source, index) => [source, ruby[index]]),
  );
  expect(programs.py.map((source) => [source, linesOf(source, 'python')])).toEqual(
    programs.py.map((source, index) => [source, python[index]]),
  );
}, 240_000);

describe('in the shell', () => {
  it.each<[string, string, number[]]>([
    ['a comment', '# a\necho b # c\n  # d\n', [1, 3]],
    ['a here-document', 'cat <<EOF\n# no\nEOF\n# yes\n', [4]],
    ['an indented, quoted here-document', "cat <<-'E O'\n# no\n\tE O\n# yes\n", [4]],
    ['two here-documents', 'cat <<A; cat <<B\n# no\nA\n# no\nB\n# yes\n', [6]],
    ['a here-document within a command', 'a=$(cat <<A\n# no\nA\n)\n# yes\n', [5]],
    ['a quoted text', "echo 'a\n# no'\n# yes\n", [3]],
    ['a text in double quotes', 'echo "a $(echo "\n# no") \\"\n# no"\n# yes\n', [4]],
    ['a parameter', 'a=abc; echo ${#a} ${a#a}\n# yes\n', [2]],
    ['a shift', 'echo $((1 << 2))\n# yes\n', [2]],
    ['a number sign in a word', 'echo a#b \\#\n# yes\n', [2]],
    ['a command in backticks', 'echo `echo a # b\n`\n# yes\n', [3]],
  ])('finds the lines of %s', (_what, source, expected) => {
    expect(linesOf(source, 'curl')).toEqual(expected);
    // A line that the shell takes for a comment can be anything.
    const changed = source
      .split('\n')
      .map((line, index) => (expected.includes(index + 1) ? '# ) " \' ` $( <<Z' : line))
      .join('\n');
    const run = (text: string) => execFileSync('sh', ['-c', text], { encoding: 'utf8', stdio: 'pipe' });
    expect(run(changed)).toBe(run(source));
  });
});

it.each<[string, string, string, number[]]>([
  ['Go', 'a := `\n// no\n`\n// yes\n', '//', [4]],
  ['Java', 'String a = """\n  // no\n  """;\n// yes\nchar b = \'"\';\n// yes\n', '//', [4, 6]],
  ['PHP', "$a = 'it\\'s'; /* a\n// no\n*/\n// yes\n", '//', [4]],
])('finds the comments of %s, which has no scanner of its own', (_name, source, mark, expected) => {
  expect(linesOf(source, 'other', mark)).toEqual(expected);
});
