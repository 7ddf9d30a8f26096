/** The text of a Mermaid sequence diagram → its participants and steps, and what the renderer cannot draw. */
import { type Finding, nearestName } from '../findings/index.ts';

export interface Participant {
  /** The name in the text. */
  id: string;
  /** The name in the drawing. */
  name: string;
  /** Whether it is a person. */
  isActor: boolean;
}

/** Participants are indexes of `Sequence.participants`. */
export interface Message {
  kind: 'message';
  from: number;
  to: number;
  /** Whether the line is dashed, as it is for answers. */
  isDashed: boolean;
  /** Counted from 1; left out without `autonumber`. */
  number?: number;
  text: string;
}

export interface Note {
  kind: 'note';
  side: 'over' | 'left of' | 'right of';
  /** The first and the last participant that it is over; the same for a note beside one. */
  from: number;
  to: number;
  text: string;
}

export interface Frame {
  kind: 'frame';
  word: 'alt' | 'loop' | 'opt';
  /** Only `alt` has more than one. */
  branches: { label: string; steps: Step[] }[];
}

export type Step = Message | Note | Frame;

export interface Sequence {
  participants: Participant[];
  steps: Step[];
}

/** What is wrong with a line, counted from 1 within the text. */
export type Problem = Pick<Finding, 'code' | 'line' | 'message' | 'nearest' | 'fix'>;

/** More do not fit on a phone. */
export const PARTICIPANTS_MAX = 5;

const KEYWORDS = ['participant', 'actor', 'autonumber', 'Note', 'loop', 'alt', 'else', 'opt', 'end'];
const ARROWS = ['->>', '-->>'];
/** With all arrows of Mermaid. */
const MESSAGE = /^(.+?)\s*((?:<<)?--?(?:>>|[>x)])[+-]?)\s*([^:]*?)\s*(?::\s*(.*))?$/;
const NOTE = /^note\s+(over|left of|right of)\s+([^:]+?)\s*:\s*(.*)$/i;
const PARTICIPANT = /^(participant|actor)\s+(.+?)(?:\s+as\s+(.+))?$/;

/** The language of fences that are drawn. */
const LANGUAGE = 'mermaid';

/** Reads a code fence, if it is a diagram. */
export function readDiagram(language: string, text: string): ReturnType<typeof parseSequence> | undefined {
  return language === LANGUAGE ? parseSequence(text) : undefined;
}

/** Reads a diagram. It can be drawn if there are no problems. */
export function parseSequence(text: string): { sequence: Sequence; problems: Problem[] } {
  const reader = new SequenceReader();
  text.split('\n').forEach((line, index) => reader.read(line.trim(), index + 1));
  reader.finish();
  return { sequence: reader.sequence, problems: reader.problems };
}

class SequenceReader {
  readonly sequence: Sequence = { participants: [], steps: [] };
  readonly problems: Problem[] = [];
  /** The frames that are open, innermost last. */
  readonly #open: { frame: Frame; line: number }[] = [];
  #kind: string | undefined;
  #numbered = false;
  #messages = 0;
  #line = 0;

  read(text: string, line: number): void {
    this.#line = line;
    if (text === '' || text.startsWith('%%')) return;
    if (this.#kind === undefined) {
      this.#kind = text;
      if (text !== 'sequenceDiagram') this.#report('diagram-kind', ...otherKind(text));
    } else if (this.#kind === 'sequenceDiagram') this.#readStatement(text);
  }

  finish(): void {
    const { participants, steps } = this.sequence;
    for (const { frame, line } of this.#open) {
      this.#line = line;
      this.#report('diagram-frame', `"${frame.word}" is not closed`, 'Add a line "end" after its last step.');
    }
    if (this.problems.length > 0) return;
    this.#line = 1;
    if (steps.length === 0)
      this.#report('diagram-empty', 'it has no steps, expected at least one message', 'Add a line such as A->>B: Ask.');
    if (participants.length > PARTICIPANTS_MAX)
      this.#report(
        'diagram-participants',
        `it has ${participants.length} participants, expected at most ${PARTICIPANTS_MAX}`,
        'Leave one out, or split the diagram.',
      );
  }

  #readStatement(text: string): void {
    const [word = '', rest = ''] = splitWord(text);
    const note = NOTE.exec(text);
    const participant = PARTICIPANT.exec(text);
    const message = MESSAGE.exec(text);
    if (participant) this.#addParticipant(participant);
    else if (note) this.#addNote(note);
    else if (text === 'autonumber') this.#numbered = true;
    else if (word === 'loop' || word === 'alt' || word === 'opt') this.#openFrame(word, rest);
    else if (word === 'else') this.#addBranch(rest);
    else if (text === 'end') this.#closeFrame();
    else if (message && !KEYWORDS.includes(word)) this.#addMessage(message);
    else this.#reportStatement(word);
  }

  #addParticipant([, word, id = '', name = id]: RegExpExecArray): void {
    const { participants } = this.sequence;
    if (participants.some((each) => each.id === id))
      return this.#report('diagram-participant', `"${id}" is declared twice`, 'Remove one of the two lines.');
    participants.push({ id, name: this.#label(name), isActor: word === 'actor' });
  }

  #addMessage([, from = '', arrow = '', to = '', text]: RegExpExecArray): void {
    if (!ARROWS.includes(arrow)) {
      const nearest = arrow.startsWith('--') ? '-->>' : '->>';
      const what = `the arrow "${arrow}" is unknown, expected one of ${ARROWS.join(', ')}`;
      return this.#report('diagram-arrow', what, 'Use one of them.', nearest);
    }
    if (text === undefined || text === '')
      return this.#report('diagram-text', 'the message has no text', 'Add it after a colon.');
    const [first, last] = [this.#find(from), this.#find(to)];
    if (first === undefined || last === undefined) return;
    this.#messages += 1;
    this.#add({
      kind: 'message',
      from: first,
      to: last,
      isDashed: arrow === '-->>',
      ...(this.#numbered && { number: this.#messages }),
      text: this.#label(text),
    });
  }

  #addNote([, side = '', names = '', text = '']: RegExpExecArray): void {
    if (text === '') return this.#report('diagram-text', 'the note has no text', 'Add it after the colon.');
    const found = names.split(',').map((name) => this.#find(name.trim()));
    if (found.includes(undefined)) return;
    const places = found.filter((place) => place !== undefined);
    this.#add({
      kind: 'note',
      side: side.toLowerCase() as Note['side'],
      from: Math.min(...places),
      to: Math.max(...places),
      text: this.#label(text),
    });
  }

  #openFrame(word: Frame['word'], label: string): void {
    const frame: Frame = { kind: 'frame', word, branches: [{ label: this.#label(label), steps: [] }] };
    this.#add(frame);
    this.#open.push({ frame, line: this.#line });
  }

  #addBranch(label: string): void {
    const frame = this.#open.at(-1)?.frame;
    if (frame?.word !== 'alt')
      return this.#report('diagram-frame', '"else" is not within "alt"', 'Move it, or remove it.');
    frame.branches.push({ label: this.#label(label), steps: [] });
  }

  #closeFrame(): void {
    if (this.#open.pop() === undefined)
      this.#report('diagram-frame', '"end" closes nothing', 'Remove it, or add the beginning of the frame.');
  }

  #add(step: Step): void {
    (this.#open.at(-1)?.frame.branches.at(-1)?.steps ?? this.sequence.steps).push(step);
  }

  #find(id: string): number | undefined {
    const ids = this.sequence.participants.map((each) => each.id);
    const index = ids.indexOf(id);
    if (index !== -1) return index;
    const fix = `Correct the name, or declare it above: participant ${id}.`;
    this.#report('diagram-participant', `there is no participant "${id}"`, fix, nearestName(id, ids));
    return undefined;
  }

  /** Other programs that read Mermaid end a statement at a semicolon, and show HTML. */
  #label(text: string): string {
    const [odd] = /[;#]|<[^>]*>/.exec(text) ?? [];
    if (odd !== undefined)
      this.#report('diagram-text', `"${odd}" has a meaning of its own in Mermaid`, 'Write the text without it.');
    return text;
  }

  #reportStatement(word: string): void {
    const what = `"${word}" is unknown, expected one of ${KEYWORDS.join(', ')}, or a message such as A->>B: Ask`;
    const nearest = nearestName(word, KEYWORDS);
    this.#report('diagram-statement', what, 'Correct or remove the line.', nearest);
  }

  #report(code: string, what: string, fix: string, nearest?: string): void {
    const message = `Cannot draw the diagram: ${what}`;
    this.problems.push({ code, line: this.#line, message, ...(nearest !== undefined && { nearest }), fix });
  }
}

/** `alt No cookie` → `alt`, `No cookie`. */
function splitWord(text: string): string[] {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  return [word, rest];
}

function otherKind(text: string): [what: string, fix: string, nearest: string | undefined] {
  const [kind = ''] = splitWord(text);
  return [
    `"${kind}" is not a kind that is drawn, expected "sequenceDiagram" on the first line`,
    'Write it as a sequence diagram, or include it as an image.',
    nearestName(kind, ['sequenceDiagram']),
  ];
}
