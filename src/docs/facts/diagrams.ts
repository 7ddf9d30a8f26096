/** The diagrams of a page → what they say, and findings for error codes that the page does not explain. */
import { readDiagram } from '../diagrams/index.ts';
import type { Finding } from '../findings/index.ts';
import type { PageTree } from '../pages/index.ts';
import { type Passage, onePlace } from './passages.ts';

/** What readers see of each line: the text of a message, the label of a frame or the name of a participant. */
const LINE = /^\s*(?:(?:participant|actor) .*? as |(?:alt|else|opt|loop) |[^:]*: )(.*)$/;

export function passagesOfDiagrams({ file, fences }: PageTree): Passage[] {
  return fences
    .filter(({ language, text }) => readDiagram(language, text) !== undefined)
    .flatMap(({ text, textLine }) =>
      text.split('\n').flatMap((line, offset) => {
        const said = LINE.exec(line)?.[1];
        return said === undefined ? [] : [onePlace(file, said, { line: textLine + offset, column: 1 })];
      }),
    );
}

/** The parts of a text without backticks that can only be names: paths, and words such as `expires_at` and `returnTo`. */
export function namesOfDiagram(text: string): { name: string; index: number }[] {
  return Array.from(
    text.matchAll(/(?<![\w/])\/[a-z][\w/:-]*|(?<!\w)[a-z]+(?:_[a-z\d]+)+(?!\w)|(?<!\w)[a-z]+[A-Z]\w*/g),
    ({ 0: name, index }) => ({ name, index }),
  );
}

/** A code in a diagram is also in the text of its section, which says what it means. */
export function checkDiagramCodes(tree: PageTree, prose: readonly Passage[], codes: ReadonlySet<string>): Finding[] {
  const sectionOf = (line: number) => tree.headings.findLastIndex((heading) => heading.line <= line);
  const isExplained = (code: string, section: number) =>
    prose.some(({ text, locate }) => text.includes(`\`${code}\``) && sectionOf(locate(0).line) === section);
  return passagesOfDiagrams(tree).flatMap(({ file, text, locate }) =>
    namesOfDiagram(text)
      .filter(({ name }) => codes.has(name) && !isExplained(name, sectionOf(locate(0).line)))
      .map(({ name, index }) => ({
        code: 'diagram-code-unexplained',
        file,
        ...locate(index),
        message: `Cannot confirm the code "${name}" of the diagram: the text of its section does not mention it`,
        fix: 'Correct the code, or say in the text what it means.',
      })),
  );
}
