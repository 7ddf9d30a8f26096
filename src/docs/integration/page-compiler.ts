/** Astro's page compiler, which treats pages that do not parse as empty: their errors are findings. */
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
