export default {
  integrations: [
    {
      name: 'verified-docs',
      options: {
        title: 'Weather',
        tagline: 'Weather forecasts.',
        mark: { filled: 'M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20z', lines: 'M6 12h12' },
        package: { source: 'sdk/index.ts', client: 'Weather' },
        emulator: 'emulator.ts',
        content: 'docs',
        snippets: 'examples',
      },
    },
  ],
};
