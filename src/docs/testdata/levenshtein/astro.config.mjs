import { defineConfig } from 'astro/config';
import { docs } from 'verified-docs';

export default defineConfig({
  base: '/words/',
  integrations: [
    docs({
      title: 'Levenshtein',
      tagline: 'How far two words are from each other.',
      mark: { filled: 'M2 2h20v20H2z', lines: 'M6 18L18 6' },
      package: { name: 'fastest-levenshtein', source: 'node_modules/fastest-levenshtein/mod.d.ts' },
      notRun: { go: 'CI has no Go toolchain', elixir: 'not yet' },
      libraries: {
        python: {
          name: 'package words 1',
          install: 'pip install words',
          note: { text: 'It counts letters only.', title: 'Sections', path: '/sec' },
        },
      },
      scripts: { compare: 'tools/form.ts' },
      sandboxes: { compare: 'tools/frame.ts' },
      keptFields: ['sidebar'],
      knownFindings: 'known-findings.json',
    }),
  ],
});
