/** Astro's compiler of pages, for which one that does not parse is empty: the reader says what is wrong with it. */
import type { AstroConfig } from 'astro';

type Processor = AstroConfig['markdown']['processor'];

export function withoutSyntaxErrors(processor: Processor): Processor {
  const { createMdxRenderer } = processor;
  if (!createMdxRenderer) return processor;
  return {
    ...processor,
    async createMdxRenderer(...settings) {
      const renderer = await createMdxRenderer.apply(processor, settings);
      return {
        process: (content, ...place) => renderer.process(content, ...place).catch(() => renderer.process('', ...place)),
      };
    },
  };
}
