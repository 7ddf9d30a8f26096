/** Turns the sequence diagrams that authors write as text into drawings, and into the same steps in words. */
export { drawSequence } from './draw-sequence.ts';
export { type Sequence, readDiagram } from './parse-sequence.ts';
export { type SpokenStep, sayStep } from './say-step.ts';
