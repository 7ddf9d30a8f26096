/** A project → the virtual modules through which its pages access content, texts and components. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { Project } from '../options/index.ts';
import { CHANGELOG_FILE } from '../pages/index.ts';
import type { OwnRoute } from './own-routes.ts';

const STATE_FILE = fileURLToPath(new URL('state.ts', import.meta.url));

export function virtualModules({ root, content, components }: Project, own: readonly OwnRoute[]): Plugin {
  const globs = [`/${content}/**/*.mdx`, `/${CHANGELOG_FILE}`, ...own.map(({ file }) => `!/${file}`)];
  const modules: Record<string, string> = {
    // Import the module with the data, not the data itself, which would be bundled.
    'virtual:docs/site': [
      "import { createRequire } from 'node:module';",
      `const state = createRequire(${JSON.stringify(STATE_FILE)})(${JSON.stringify(STATE_FILE)});`,
      `export const describedSite = () => state.describedSite(${JSON.stringify(root)});`,
    ].join('\n'),
    // In builds, one module loads faster than one per page.
    'virtual:docs/texts': `export const texts = import.meta.glob(${JSON.stringify(globs)}, { eager: true });`,
    'virtual:docs/own-routes': `export const ownPaths = ${JSON.stringify(own.map(({ path }) => path))};`,
    'virtual:docs/components': [
      ...Object.entries(components).map(
        ([name, file]) => `import ${name} from ${JSON.stringify(join(root, file).replaceAll('\\', '/'))};`,
      ),
      `export const components = { ${Object.keys(components).join(', ')} };`,
    ].join('\n'),
  };
  return {
    name: 'docs-modules',
    resolveId: {
      filter: { id: /^virtual:docs\// },
      handler: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : undefined),
    },
    load: { filter: { id: /^\0virtual:docs\// }, handler: (id) => modules[id.slice(1)] },
  };
}
