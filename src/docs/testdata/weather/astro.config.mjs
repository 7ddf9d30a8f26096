import { defineConfig } from 'astro/config';
import { docs } from 'verified-docs';

export default defineConfig({
  integrations: [
    docs({
      title: 'Weather SDK',
      shortTitle: 'Weather',
      tagline: 'What the weather will be, in TypeScript.',
      mark: { filled: 'M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z', lines: 'M6 12h12M12 6v12' },
      colours: { accent: 'light-dark(#005a9c, #7cc4ff)' },
      package: { source: 'sdk/index.ts', client: 'Weather' },
      emulator: 'emulator.ts',
      components: { Forecast: './components/Forecast.astro' },
      footer: { text: 'Every example ran when this site was built.', links: [{ title: 'Cities', path: '/cities' }] },
      content: 'docs',
      snippets: 'examples',
    }),
  ],
});
