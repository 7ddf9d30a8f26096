/** A step of a sequence diagram → the same in words, for readers who do not see the drawing. */
import type { Frame, Participant, Step } from './parse-sequence.ts';

/** A step, and the steps within it. */
export interface SpokenStep {
  text: string;
  steps: SpokenStep[];
}

/** What begins a branch of a frame; plainer than the words of Mermaid. */
export function branchWord(word: Frame['word'], index: number, label: string): string {
  if (word === 'loop') return 'loop';
  if (index === 0) return 'if';
  return label === '' ? 'else' : 'else if';
}

/** One sentence for a message or a note, and one for each branch of a frame. */
export function sayStep(step: Step, participants: readonly Participant[]): SpokenStep[] {
  const nameOf = (index: number) => participants[index]?.name ?? '';
  if (step.kind === 'frame') {
    return step.branches.map(({ label, steps }, index) => {
      const text = [branchWord(step.word, index, label), label].filter(Boolean).join(' ');
      return {
        text: text[0]?.toUpperCase() + text.slice(1),
        steps: steps.flatMap((inner) => sayStep(inner, participants)),
      };
    });
  }
  const names = [...new Set([nameOf(step.from), nameOf(step.to)])];
  const who = step.kind === 'note' ? `Note at ${names.join(' and ')}` : names.join(' to ');
  return [{ text: `${who}: ${step.text}`, steps: [] }];
}
