import { defineConfig } from 'astro/config';
import { docs } from 'verified-docs';

/** Every option that changes a text. */
export default defineConfig({
  integrations: [
    docs({
      title: 'Weather SDK',
      shortTitle: 'Weather',
      tagline: 'What the weather will be, in TypeScript.',
      mark: { filled: 'M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z', lines: 'M6 12h12M12 6v12' },
      colours: { accent: 'light-dark(#005a9c, #7cc4ff)', icon: '#005a9c' },
      package: { source: 'sdk/index.ts', client: 'Weather', published: false, tarball: '/packages/weather.tgz' },
      files: { '/packages/weather.tgz': async () => {} },
      emulator: 'emulator.ts',
      components: { Forecast: './components/Forecast.astro' },
      libraries: {
        curl: {
          name: 'package weather 1',
          install: 'pip install weather',
          note: { text: 'It knows one city.', title: 'Which one', path: '/cities' },
        },
      },
      notRun: { go: 'CI has no Go toolchain' },
      scenarios: { record: 'scenarios.json', names: /^alarm/ },
      errorCatalogue: async () => ({
        thrown: [
          { code: 'no_such_city', meaning: 'No station is there.', remedy: 'Name another city.' },
          {
            code: 'too_far',
            meaning: 'The day is too far away.',
            remedy: 'Ask for less.',
            note: 'thrown by forecast()',
          },
        ],
        returned: [
          {
            code: 'calm',
            meaning: 'There is no wind.',
            remedy: 'Wait.',
            details: [
              { label: 'HTTP status', values: ['204'] },
              { label: 'Beaufort', values: ['0', '1'] },
            ],
          },
        ],
      }),
      errorsPage: '/errors',
      synonyms: { storm: 'wind' },
      footer: { text: 'Every example ran when this site was built.', links: [{ title: 'Cities', path: '/cities' }] },
      content: 'docs',
      snippets: 'examples',
    }),
  ],
});
